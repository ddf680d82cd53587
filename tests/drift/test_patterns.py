"""Changes of one resource on one node in, the pattern and its evidence out."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import pytest

from reports.drift.acts import Act, Recognised
from reports.drift.patterns import MOST_ACTS, MOST_RUNS, recognise
from reports.run import Cause, Pattern, Status

HOUR, DAY, WEEK = 3600.0, 86400.0, 7 * 86400.0
MONDAY = datetime(2026, 9, 7, tzinfo=UTC).timestamp()


def runs_every(hours: float, *, days: float = 60, since: float = MONDAY) -> list[float]:
    """When a tool runs, from a Monday on."""
    return [since + number * hours * HOUR for number in range(int(days * 24 / hours) + 1)]


def act(at: float, cause: Cause = Cause.CORRECTIVE, **more: object) -> Act:
    """One change of a mode that somebody had set to something else each time."""
    plain: dict[str, object] = {"status": Status.SUCCESS, "property": "mode", "old": f"found {at}", "new": "0644"}
    return Act(at, cause, **{**plain, **more})  # type: ignore[arg-type]


def found_at(events: Iterable[float], runs: Sequence[float]) -> list[float]:
    """The runs that find what happened: each the next one."""
    places = {bisect_left(runs, event) for event in events}
    return [runs[place] for place in sorted(places) if place < len(runs)]


def recognise_all(acts: Sequence[Act], runs: Sequence[float]) -> Recognised | None:
    """As rollups ask: the last acts, and the runs up to the last one."""
    last = acts[-1].at
    return recognise(acts[-MOST_ACTS:], [at for at in runs if at <= last][-MOST_RUNS:])


def corrected(events: Iterable[float], runs: Sequence[float]) -> Recognised | None:
    """What corrections show that each put right what happened at a time."""
    return recognise_all([act(at) for at in found_at(events, runs)], runs)


def poisson(chance: random.Random, per_day: float, days: float = 60) -> list[float]:
    """Times of what happens by chance alone."""
    times = [MONDAY]
    while times[-1] < MONDAY + days * DAY:
        times.append(times[-1] + chance.expovariate(per_day) * DAY)
    return times[1:-1]


@pytest.mark.parametrize("cause", [Cause.FIRST_BUILD, Cause.INTENDED, Cause.CORRECTIVE])
def test_one_change_shows_no_pattern(cause: Cause) -> None:
    assert recognise([act(MONDAY, cause)], runs_every(1, days=0)) is None


def test_what_the_code_asks_for_shows_no_pattern() -> None:
    runs = runs_every(24, days=9)
    causes = [Cause.FIRST_BUILD, *[Cause.INTENDED] * 6, Cause.TRIGGERED, Cause.TRIGGERED]
    acts = [act(at, cause, new=f"version {at}") for at, cause in zip(runs, causes, strict=False)]
    assert recognise_all(acts, runs) is None


def test_corrections_now_and_then_are_sporadic() -> None:
    runs = runs_every(0.5)
    assert corrected([MONDAY + days * DAY for days in (1.1, 9.7, 23.4)], runs) == Recognised(
        Pattern.SPORADIC, "corrected 3 times within 23 days, at no regular time"
    )


def test_what_is_not_known_to_be_a_correction_is_called_a_change() -> None:
    runs = runs_every(0.5)
    told = recognise_all([act(runs[5]), act(runs[90], Cause.UNKNOWN)], runs)
    assert told == Recognised(Pattern.SPORADIC, "changed 2 times within 43 hours, at no regular time")


def test_a_change_in_nearly_every_run_is_a_repeater() -> None:
    runs = runs_every(0.5, days=2)
    acts = [act(at) for number, at in enumerate(runs) if number not in (len(runs) - 20, len(runs) - 9)]
    assert recognise_all(acts, runs) == Recognised(Pattern.REPEATER, "changed in 46 of its last 48 runs")


def test_a_node_with_few_runs_shows_a_repeater_too() -> None:
    runs = runs_every(1, days=3 / 24)
    assert recognise_all([act(at) for at in runs], runs) == Recognised(Pattern.REPEATER, "changed in its last 4 runs")


def test_a_repeater_of_lately_is_not_hidden_by_the_time_before() -> None:
    runs = runs_every(1, days=30)
    told = recognise_all([act(runs[3]), act(runs[90]), *(act(at) for at in runs[-13:])], runs)
    assert told == Recognised(Pattern.REPEATER, "changed in its last 12 runs")


def test_what_changes_by_construction_is_a_repeater_in_however_many_runs() -> None:
    runs = runs_every(1, days=1)
    told = recognise_all([act(at, Cause.REPEATED, old="8", new="4") for at in runs[::3]], runs)
    assert told == Recognised(Pattern.REPEATER, "changed in 9 of its last 25 runs")


def test_two_owners_in_one_run_are_a_tug_of_war() -> None:
    runs = runs_every(0.5, days=1)
    acts = [act(at, old=old, new=new) for at in runs[-4:] for old, new in (("4", "8"), ("8", "4"))]
    assert recognise_all(acts, runs) == Recognised(
        Pattern.TUG_OF_WAR, "swapped 8 times between mode=8 and mode=4 within 2 hours"
    )


def test_two_values_asked_for_in_turn_are_a_tug_of_war() -> None:
    runs = runs_every(12, days=9)
    values = [("8", "4"), ("4", "8")]
    acts = [act(at, Cause.INTENDED, old=values[n % 2][0], new=values[n % 2][1]) for n, at in enumerate(runs[:15])]
    told = recognise_all(acts, runs)
    assert told == Recognised(Pattern.TUG_OF_WAR, "swapped 15 times between mode=8 and mode=4 within 7 days")


def test_two_declarations_whose_values_are_not_told_are_a_tug_of_war() -> None:
    runs = runs_every(0.5, days=1)
    acts = [act(at, Cause.REPEATED, old=None, new=None, key=key) for at in runs[-5:] for key in ("a", "b")]
    assert recognise_all(acts, runs) == Recognised(
        Pattern.TUG_OF_WAR, "set by two declarations after each other, in 5 runs"
    )


def test_one_value_told_in_several_ways_is_no_tug_of_war() -> None:
    runs = runs_every(6, days=60)
    told = [act(at, new=("sum a", "sum a, mode 0644")[number % 2]) for number, at in enumerate(runs[5:200:17])]
    found = recognise_all(told, runs)
    assert found is not None
    assert found.pattern == Pattern.SPORADIC


def test_a_repeater_that_changes_much_in_each_run_is_one() -> None:
    runs = runs_every(0.5, days=2)
    acts = [act(at, Cause.REPEATED, property=f"property {number}") for at in runs for number in range(15)]
    assert recognise_all(acts, runs) == Recognised(Pattern.REPEATER, "changed in its last 6 runs")


def test_a_roll_out_taken_back_and_made_again_is_no_tug_of_war() -> None:
    runs = runs_every(12, days=9)
    assert recognise_all([act(at, Cause.INTENDED, new=new) for at, new in zip(runs, "484", strict=False)], runs) is None


@pytest.mark.parametrize(("every", "per"), [(3.0, 0.5), (6.0, 6.0)])
def test_a_value_set_back_many_times_a_day_is_a_tug_of_war(every: float, per: float) -> None:
    runs = runs_every(per, days=20)
    events = [MONDAY + number * every * HOUR + 60 for number in range(int(20 * 24 / every))]
    told = recognise_all([act(at, old="8", new="4") for at in found_at(events, runs)], runs)
    assert told is not None
    assert told.pattern == Pattern.TUG_OF_WAR
    assert "mode=4 and mode=8" in told.evidence


def test_a_value_set_back_once_a_day_is_by_the_clock() -> None:
    runs = runs_every(0.5, days=12)
    events = [MONDAY + number * DAY + 1.9 * HOUR for number in range(12)]
    told = recognise_all([act(at, old="8", new="4") for at in found_at(events, runs)], runs)
    assert told == Recognised(Pattern.PERIODIC, "about every 24 h, mostly near 02:00 UTC (12 of 12)")


def test_failures_run_after_run_are_failing() -> None:
    runs = runs_every(12, days=30)
    failed = [act(at, Cause.UNKNOWN, status=Status.FAILED) for at in runs[-5:]]
    assert recognise_all([act(runs[9]), *failed], runs) == Recognised(
        Pattern.FAILING, "failed in its last 5 runs, since 5 Oct 2026"
    )


def test_one_failure_long_before_does_not_hide_those_of_today() -> None:
    runs = runs_every(12, days=30)
    failed = [act(at, Cause.UNKNOWN, status=Status.FAILED) for at in (runs[3], *runs[-4:])]
    found = recognise_all(failed, runs)
    assert found is not None
    assert found.pattern is Pattern.FAILING
    assert found.evidence.startswith("failed in its last 4 runs")


def test_a_failure_that_was_overcome_is_not_failing() -> None:
    runs = runs_every(12, days=30)
    failed = [act(at, Cause.UNKNOWN, status=Status.FAILED) for at in runs[-6:-1]]
    assert recognise_all([*failed, act(runs[-1])], runs) is None


def test_failures_now_and_then_are_not_failing() -> None:
    runs = runs_every(12, days=30)
    assert recognise_all([act(at, Cause.UNKNOWN, status=Status.FAILED) for at in runs[::10]], runs) is None


@pytest.mark.parametrize(
    ("period", "per", "evidence"),
    [
        (DAY, 0.5, "about every 24 h, mostly near 02:30 UTC (60 of 60)"),
        (DAY, 6, "about every 24 h, mostly near 06:00 UTC (60 of 60), as far as runs every 6 h can tell"),
        (WEEK, 1, "about every week, mostly on Mondays near 03:00 UTC (9 of 9)"),
        (2 * DAY, 1, "about every 48 h, mostly near 03:00 UTC"),
        (6 * HOUR, 0.5, "about every 6 h, mostly near 02:30 UTC and every 6 h from there"),
    ],
)
def test_what_comes_by_the_clock_is_periodic(period: float, per: float, evidence: str) -> None:
    runs = runs_every(per)
    told = corrected([MONDAY + 2.4 * HOUR + number * period for number in range(int(60 * DAY // period) + 1)], runs)
    assert told is not None
    assert told.pattern == Pattern.PERIODIC
    assert told.evidence.startswith(evidence)


def test_three_points_are_no_clock() -> None:
    told = corrected([MONDAY + number * WEEK for number in range(3)], runs_every(0.5))
    assert told is not None
    assert told.pattern == Pattern.SPORADIC


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("period", [6 * HOUR, DAY, WEEK])
def test_a_clock_shows_through_delay_and_missed_runs(period: float, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same every time
    runs = [at + chance.uniform(0, 300) for at in runs_every(0.5) if chance.random() > 0.1]
    events = [MONDAY + number * period + chance.uniform(0, 0.4 * HOUR) for number in range(int(58 * DAY // period))]
    told = corrected([at for at in events if period == WEEK or chance.random() > 0.1], runs)
    assert told is not None
    assert told.pattern == Pattern.PERIODIC


def test_an_hour_of_daylight_saving_does_not_hide_a_clock() -> None:
    runs = runs_every(0.5)
    events = [MONDAY + number * DAY + (2 if number < 25 else 3) * HOUR for number in range(50)]
    told = corrected(events, runs)
    assert told is not None
    assert (told.pattern, "(50 of 50)" in told.evidence) == (Pattern.PERIODIC, True)


@pytest.mark.parametrize("odd", [MONDAY + 9 * HOUR, MONDAY + 41.7 * DAY])
def test_an_odd_time_does_not_hide_a_clock(odd: float) -> None:
    runs = runs_every(0.5)
    events = sorted([odd, *(MONDAY + number * DAY + 2 * HOUR for number in range(30, 50))])
    told = corrected(events, runs)
    assert told is not None
    assert told.pattern == Pattern.PERIODIC


def test_a_node_that_runs_once_a_day_cannot_tell_a_time_of_day() -> None:
    chance = random.Random(3)  # noqa: S311 - the same every time
    runs = runs_every(24)
    told = corrected(poisson(chance, 0.5), runs)
    assert told is not None
    assert told.pattern == Pattern.SPORADIC


@pytest.mark.parametrize("per", [0.5, 1, 4, 6, 12, 24])
def test_chance_is_hardly_ever_called_a_clock(per: float) -> None:
    runs = runs_every(per)
    told = [
        corrected(poisson(random.Random(f"{rate} {seed}"), rate), runs)  # noqa: S311 - the same every time
        for rate in (0.2, 0.5, 1.0, 3.0)
        for seed in range(100)
    ]
    assert sum(one is not None and one.pattern is Pattern.PERIODIC for one in told) <= 1


def test_runs_at_one_time_of_the_day_alone_do_not_make_chance_a_clock() -> None:
    """A node that is on for two hours each morning, and runs every ten minutes then."""
    runs = [MONDAY + day * DAY + 8 * HOUR + number * 600 for day in range(60) for number in range(12)]
    told = [corrected(poisson(random.Random(seed), 0.6), runs) for seed in range(50)]  # noqa: S311
    assert all(one is not None and one.pattern is Pattern.SPORADIC for one in told)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a\x1b[31m\u202eb\nc", 'mode="a·[31m·b c"'),
        ("x" * 2000, f"mode={'x' * 39}…"),
        ("", 'mode=""'),
        ("<b>", "mode=<b>"),
    ],
)
def test_evidence_is_one_short_line_whatever_a_value_holds(value: str, shown: str) -> None:
    runs = runs_every(0.5, days=1)
    told = recognise_all([act(at, old=value, new="4") for at in runs], runs)
    assert told is not None
    assert told.pattern == Pattern.TUG_OF_WAR
    assert shown in told.evidence
    assert told.evidence.isprintable()
    assert len(told.evidence) < 200


def test_secret_values_are_not_named() -> None:
    runs = runs_every(0.5, days=1)
    told = recognise_all([act(at, old="hush", new="secret", is_sensitive=True) for at in runs], runs)
    assert told is not None
    assert told.evidence == "swapped 49 times between two secret values of mode within 24 hours"
