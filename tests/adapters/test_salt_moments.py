"""When a run was, from times that do not name their day or zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reports.adapters.salt.moments import clock_time, course, jid_moment, stamp_moment
from tests.adapters.salt_results import NODE, RECEIVED, event, read_run, state, states


def at(text: str) -> datetime:
    """A moment of the day on which the tests play."""
    return datetime.fromisoformat(f"2026-11-23T{text}+00:00")


@pytest.mark.parametrize(
    ("jid", "expected"),
    [
        ("20261123194500123456", at("19:45:00.123456")),
        ("20261123194500123456_4711", at("19:45:00.123456")),
        ("20261323194500123456", None),
        ("99991231235959999999", None),
        ("req", None),
        ("٢0261123194500123456", None),
        (None, None),
    ],
)
def test_job_id_names_a_moment(jid: str | None, expected: datetime | None) -> None:
    assert jid_moment(jid) == expected


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("2026-11-23T19:45:10.5+00:00", at("19:45:10.5")),
        ("2026-11-23T19:45:10.500000", at("19:45:10.5")),
        ("2026-11-23T20:45:10+01:00", at("19:45:10")),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_stamp_names_a_moment(stamp: str | None, expected: datetime | None) -> None:
    assert stamp_moment(stamp) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [("00:01:02.5", 62_500_000), ("00:00:01", 1_000_000), ("1:2:3", None), (None, None), (17, None), ("", None)],
)
def test_clock_times_are_microseconds_since_midnight(told: object, expected: int | None) -> None:
    assert clock_time(told) == expected


@pytest.mark.parametrize(
    ("first", "last", "total", "extent"),
    [
        ("19:00:00", "19:00:05", 6.0, 6.0),
        ("23:59:58", "00:00:00", 3.0, 3.0),
        ("02:59:57", "02:00:02", 6.0, 6.0),  # put back at the end of summer time
        ("01:59:58", "03:00:03", 6.0, 6.0),  # put forward at its beginning
        ("19:00:00", "20:10:00", 4201.0, 4201.0),  # a long run, not a change of clocks
        ("23:00:00", "22:00:00", 82801.0, 82801.0),  # nearly a day
    ],
)
def test_extent_survives_midnight_and_summer_time(first: str, last: str, total: float, extent: float) -> None:
    told = course(clock_time(first), clock_time(last), last_seconds=1.0, total_seconds=total)
    assert told.extent == extent * 1_000_000


def test_run_starts_with_its_job_and_ends_with_the_masters_stamp() -> None:
    run = read_run(event(states(state())))
    assert (run.started_at, run.ended_at) == (at("19:45:00"), at("19:45:10.5"))


def test_run_without_a_stamp_ends_after_its_last_state() -> None:
    entries = (state(), state(__id__="b", __run_num__=1, start_time="19:45:04.000000", duration=500.0))
    run = read_run(event(states(*entries), _stamp=None))
    assert run.ended_at == at("19:45:04.5")


@pytest.mark.parametrize("zone_hours", [-5, -3.5, 0, 5.5, 12.75])
def test_end_does_not_depend_on_the_nodes_zone(zone_hours: float) -> None:
    local = at("19:45:01") + timedelta(hours=zone_hours)
    run = read_run(event(states(state(start_time=f"{local:%H:%M:%S.%f}")), _stamp=None))
    assert (run.started_at, run.ended_at) == (at("19:45:00"), at("19:45:01.020"))


@pytest.mark.parametrize("zone_hours", [-9.5, -5, 2, 5.75, 13])
def test_job_id_in_local_time_is_put_right_by_the_masters_stamp(zone_hours: float) -> None:
    jid_at, state_at = (at(text) + timedelta(hours=zone_hours) for text in ("19:45:00", "19:45:01"))
    body = event(states(state(start_time=f"{state_at:%H:%M:%S.%f}")), jid=f"{jid_at:%Y%m%d%H%M%S%f}")
    assert read_run(body).started_at == at("19:45:00")


def test_slow_start_does_not_hide_a_job_id_in_local_time() -> None:
    late = event(states(state(start_time="21:49:00.000000")), jid="20261123214500000000",
                 _stamp="2026-11-23T19:49:01+00:00")  # fmt: skip
    assert read_run(late).started_at == at("19:45:00")


def test_job_id_ahead_of_the_arrival_is_put_right_without_a_stamp() -> None:
    body = event(states(state(start_time="21:45:01")), jid="20261123214500000000", _stamp=None)
    assert read_run(body).started_at == at("19:45:00")


@pytest.mark.parametrize("zone_hours", [-5, 0, 5.75])
@pytest.mark.parametrize("seconds", [0.25, 2, 40, 400])
def test_states_that_ran_before_their_id_was_made_leave_the_start_as_it_is(zone_hours: float, seconds: float) -> None:
    """A scheduled job gets its id at its end, and a node's clock may be behind the master's, who made the id."""
    local = at("19:45:00") + timedelta(hours=zone_hours, seconds=-seconds)
    body = states(state(start_time=f"{local:%H:%M:%S.%f}"))
    stamped, bare = read_run(event(body, _stamp="2026-11-23T19:45:00.040000+00:00")), read_run(event(body, _stamp=None))
    assert (stamped.started_at, stamped.ended_at) == (at("19:45:00"), at("19:45:00.040"))
    assert (bare.started_at, bare.ended_at) == (at("19:45:00"), at("19:45:00"))


def test_long_scheduled_job_is_not_taken_for_one_of_another_zone() -> None:
    long_ago = state(start_time="19:34:59.000000", duration=600_000.0)
    assert read_run(event(states(long_ago))).started_at == at("19:45:00")


def test_long_run_whose_job_id_is_in_local_time_is_put_right() -> None:
    body = event(states(state(start_time="20:45:01.000000", duration=7_200_000.0)), jid="20261123204500000000",
                 _stamp="2026-11-23T21:45:02+00:00")  # fmt: skip
    assert read_run(body).started_at == at("19:45:00")


def test_late_return_of_a_node_with_another_clock_is_left_as_it_is() -> None:
    body = event(states(state(start_time="14:45:01")), _stamp="2026-11-23T21:45:10+00:00")
    assert read_run(body).started_at == at("19:45:00")


def test_replay_after_hours_leaves_the_start_as_it_is() -> None:
    run = read_run(event(states(state()), _stamp=None), at=at("22:45:20"))
    assert run.started_at == at("19:45:00")


@pytest.mark.parametrize("start_time", ["19:45:01.000000", "14:45:01.000000", "01:15:01.000000"])
def test_run_without_a_job_starts_where_its_clock_allows_before_the_arrival(start_time: str) -> None:
    run = read_run({"local": states(state(start_time=start_time))}, node=NODE, at=at("19:45:05"))
    assert (run.started_at, run.ended_at) == (at("19:45:01"), at("19:45:01.020"))


def test_runs_without_a_job_that_are_sent_again_stay_in_the_order_in_which_they_come() -> None:
    earlier, later = (
        read_run({"local": states(state(start_time=clock))}, node=NODE, at=arrival)
        for clock, arrival in (("10:02:00", at("19:45:20")), ("09:58:00", at("19:45:21")))
    )
    assert (earlier.started_at, later.started_at) == (at("19:45:20"), at("19:45:21"))
    assert earlier.ended_at == at("19:45:20.020")


def test_run_that_tells_no_time_at_all_ends_when_it_arrives() -> None:
    bare = {"result": True, "changes": {}, "name": "x"}
    run = read_run({"local": {"test_|-x_|-x_|-nop": bare}}, node=NODE)
    assert (run.started_at, run.ended_at) == (RECEIVED, RECEIVED)


def test_times_are_utc_and_whole_milliseconds() -> None:
    run = read_run(event(states(state()), jid="20261123194500123999"))
    assert run.started_at == at("19:45:00.123")
    assert run.started_at.tzinfo is UTC
