"""When the brief of a schedule is due: through changes of the clock, in every zone, and after a time of nothing."""

from __future__ import annotations

import itertools
import threading
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.weekly.due import Timetable, last_due, next_due, order_due
from reports.weekly.tables import Brief, BriefMail, BriefSchedule

MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def make_schedule(**more: Any) -> BriefSchedule:  # noqa: ANN401
    """Mondays at seven in Berlin, from long ago on."""
    told: dict[str, Any] = {
        "name": "ops",
        "weekday": 1,
        "at": time(7),
        "zone": "Europe/Berlin",
        "scope_kind": "fleet",
        "paper": "a4",
        "recipients": ["ops@example.net", "review@example.net"],
        "starts_at": MONDAY - timedelta(days=400),
    }
    return BriefSchedule.objects.create(**{**told, **more})


def test_a_time_of_the_clock_is_meant_in_winter_and_in_summer() -> None:
    table = Timetable(1, time(7), "Europe/Berlin")
    assert next_due(table, at("2026-03-20T12:00")).at == at("2026-03-23T06:00")
    assert next_due(table, at("2026-03-23T06:00")).at == at("2026-03-30T05:00")
    assert last_due(table, at("2026-03-30T04:59")).at == at("2026-03-23T06:00")
    assert last_due(table, at("2026-03-30T05:00")).at == at("2026-03-30T05:00")


def test_a_time_that_the_clock_jumps_over_is_as_much_later() -> None:
    """In Berlin there was no half past two on 29 March 2026: after 01:59 came 03:00."""
    table = Timetable(7, time(2, 30), "Europe/Berlin")
    due = next_due(table, at("2026-03-27T12:00"))
    assert (due.at, str(due.week)) == (at("2026-03-29T01:30"), "2026-W12")
    assert next_due(table, due.at).at == at("2026-04-05T00:30")


def test_a_time_that_comes_twice_is_meant_the_first_time() -> None:
    """On 25 October 2026 half past two came twice."""
    table = Timetable(7, time(2, 30), "Europe/Berlin")
    due = next_due(table, at("2026-10-23T12:00"))
    assert (due.at, str(due.week)) == (at("2026-10-25T00:30"), "2026-W42")
    assert last_due(table, at("2026-10-25T01:30")) == due
    assert next_due(table, due.at).at == at("2026-11-01T01:30")


def test_a_week_that_is_not_over_in_utc_is_waited_for() -> None:
    """In Auckland Monday comes thirteen hours before it does in UTC."""
    due = next_due(Timetable(1, time(7), "Pacific/Auckland"), at("2026-11-20T12:00"))
    assert (due.at, str(due.week), due.is_put_off) == (at("2026-11-23T00:00"), "2026-W47", True)
    due = next_due(Timetable(1, time(14), "Pacific/Auckland"), at("2026-11-20T12:00"))
    assert (due.at, str(due.week), due.is_put_off) == (at("2026-11-23T01:00"), "2026-W47", False)


def test_the_first_days_of_a_year_belong_to_its_iso_week() -> None:
    due = next_due(Timetable(1, time(7), "UTC"), at("2027-01-02T00:00"))
    assert (due.at, str(due.week)) == (at("2027-01-04T07:00"), "2026-W53")


@given(
    weekday=st.integers(1, 7),
    clock=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    zone=st.sampled_from(
        ["UTC", "Europe/Berlin", "Europe/London", "America/New_York", "Pacific/Auckland", "Pacific/Kiritimati",
         "Pacific/Pago_Pago", "Australia/Lord_Howe", "Asia/Kathmandu"]
    ),
    start=st.integers(0, 26_000).map(lambda hours: at("2024-01-01") + timedelta(hours=hours)),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_each_week_is_told_once_and_none_is_left_out(weekday: int, clock: time, zone: str, start: datetime) -> None:
    table, now, told = Timetable(weekday, clock, zone), start, []
    for _ in range(60):
        due = next_due(table, now)
        assert due.at > now and due.week.is_over(due.at) and last_due(table, due.at) == due
        assert last_due(table, due.at - timedelta(seconds=1)).at < due.at
        told.append(due.week)
        now = due.at
    assert all(after == before.after for before, after in itertools.pairwise(told))


@pytest.mark.django_db
def test_what_is_due_is_ordered_once_with_a_mail_to_each() -> None:
    make_schedule()
    assert order_due(MONDAY) == "ordered ops"
    assert order_due(MONDAY + timedelta(seconds=10)) is None
    brief = Brief.objects.get()
    assert (brief.week, brief.asked_by_name, brief.is_scheduled, brief.sight_groups) == ("2026-W47", "ops", True, None)
    assert set(BriefMail.objects.values_list("recipient", flat=True)) == {"ops@example.net", "review@example.net"}
    assert len(set(BriefMail.objects.values_list("message_id", flat=True))) == 2


@pytest.mark.django_db
def test_nothing_is_due_before_its_time_nor_of_a_schedule_that_is_off() -> None:
    make_schedule(starts_at=MONDAY)
    make_schedule(name="off", is_on=False)
    assert order_due(MONDAY) is None
    assert order_due(at("2026-11-30T05:59")) is None
    assert order_due(at("2026-11-30T06:00")) == "ordered ops"


@pytest.mark.django_db
def test_after_weeks_of_nothing_the_newest_is_made_up_and_none_before_it() -> None:
    make_schedule()
    order_due(MONDAY)
    assert order_due(MONDAY + timedelta(days=24)) == "ordered ops"
    assert set(Brief.objects.values_list("week", flat=True)) == {"2026-W47", "2026-W50"}


@pytest.mark.django_db
def test_a_week_that_was_made_is_not_made_again_when_the_schedule_is_put_to_a_later_hour() -> None:
    schedule = make_schedule()
    order_due(MONDAY)
    schedule.at = time(15)
    schedule.save()
    assert order_due(MONDAY + timedelta(hours=5)) is None


@pytest.mark.django_db(transaction=True)
def test_many_machines_at_once_order_it_once() -> None:
    make_schedule()
    together = threading.Barrier(6)
    told: list[str | None] = []

    def order() -> None:
        together.wait()
        told.append(order_due(MONDAY))
        connection.close()

    threads = [threading.Thread(target=order) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [word for word in told if word] == ["ordered ops"]
    assert (Brief.objects.count(), BriefMail.objects.count()) == (1, 2)


@pytest.mark.django_db
def test_the_briefs_of_a_schedule_that_is_deleted_stay() -> None:
    schedule = make_schedule()
    order_due(MONDAY)
    schedule.delete()
    make_schedule()
    assert order_due(MONDAY) == "ordered ops"
    assert Brief.objects.count() == 2
