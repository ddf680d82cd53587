"""The ten lines: only what there is to say, in the order of what it is about, on one line each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from reports.weekly.brief import Counter, LineKind, WeeklyBrief
from reports.weekly.lines import MOST_LINES, tell_lines, tell_subject
from reports.weekly.parts import Some
from tests.weekly.example_parts import LONG, NASTY, a_hot_node
from tests.weekly.examples import a_quiet_example, an_example

MOVES = (
    Counter("first_seen", "nodes first heard of", 2, None),
    Counter("gone_silent", "nodes gone silent", 3, None),
    Counter("silent", "silent nodes", 7, None),
)


def usual() -> WeeklyBrief:
    brief = an_example()
    return replace(brief, counters=(*brief.counters, *MOVES))


def quiet() -> WeeklyBrief:
    brief = a_quiet_example()
    return replace(brief, counters=(*brief.counters, *(replace(one, number=0) for one in MOVES)))


def counting(brief: WeeklyBrief, **numbers: int) -> WeeklyBrief:
    """The same with other numbers of the week."""
    counters = tuple(replace(one, number=numbers.get(one.name, one.number)) for one in brief.counters)
    return replace(brief, counters=counters)


def text_of(brief: WeeklyBrief) -> str:
    return "\n".join(line.text for line in tell_lines(brief))


def test_there_are_ten_lines_at_most_and_they_come_by_what_they_are_about() -> None:
    lines = tell_lines(usual())
    assert len(lines) == MOST_LINES
    kinds = [line.kind for line in lines]
    assert kinds == sorted(kinds, key=list(LineKind).index)
    assert set(kinds) == set(LineKind)
    assert all(not line.part or hasattr(usual(), line.part) for line in lines)


def test_the_first_line_says_how_the_runs_went_against_the_week_before() -> None:
    first = tell_lines(usual())[0]
    assert first.text == "4,032 runs on 405 nodes, 3.6 % failed; the week before 3,998 runs, 2.1 % failed."


def test_a_digest_is_cut_short_and_so_is_one_that_was_cut_already() -> None:
    digest = "3ef9f2f157ef4c1b2121e88671d7e74a"
    hot = replace(a_hot_node(1), evidence=f"swapped between {digest[:31]}… and {digest * 2}")
    told = text_of(replace(usual(), nodes=Some((hot,), 1)))
    assert "swapped between 3ef9f2f157ef… and 3ef9f2f157ef…." in told


def test_corrections_are_compared_with_the_week_before() -> None:
    assert "74 corrections on 31 nodes; the week before 41 on 22, now 80 % more." in text_of(usual())
    assert "the week before 41 on 22, about as many." in text_of(counting(usual(), corrections=42))
    assert "the week before 41 on 22, now 76 % fewer." in text_of(counting(usual(), corrections=10))


def test_a_week_that_goes_on_is_told_so_far() -> None:
    brief = usual()
    assert "4,032 runs so far" in text_of(replace(brief, about=replace(brief.about, is_over=False)))


def test_a_week_without_runs_says_so_and_no_more() -> None:
    assert [line.text for line in tell_lines(quiet())] == ["No run ended in this week."]


def test_a_quiet_week_is_called_quiet() -> None:
    brief = counting(quiet(), runs=1200, unchanged=1200, nodes=40)
    assert [line.text for line in tell_lines(brief)] == [
        "A quiet week: 1,200 runs on 40 nodes; none failed, and nothing had to be corrected."
    ]


def test_one_is_told_as_one() -> None:
    brief = counting(replace(usual(), silent=Some(usual().silent.lines[:1], 1)), corrections=1, corrected_nodes=1)
    text = text_of(brief)
    assert "1 correction on 1 node;" in text
    assert "1 node silent now" in text
    assert "1 mute ends within seven days and needs a decision: web-2.example.com (grace, Wed 25 Nov)." in text


def test_what_is_new_is_named_only_beside_a_week_before() -> None:
    brief = usual()
    assert "Corrected, and not the week before: 2 nodes (web-9.example.com" in text_of(brief)
    alone = replace(brief, counters=tuple(replace(one, before=None) for one in brief.counters))
    assert "not the week before" not in text_of(alone)


def test_names_and_messages_are_cut_and_stay_on_their_line() -> None:
    brief = usual()
    hot = replace(a_hot_node(0), name=f"a\nb\t{LONG}", hottest=NASTY, evidence="x\r\ny" * 500)
    for line in tell_lines(replace(brief, nodes=Some((hot,), 1), new_nodes=(hot,))):
        assert "\n" not in line.text
        assert len(line.text) < 700


def test_waiting_and_refused_reports_are_told_and_a_well_intake_is_not() -> None:
    brief = usual()
    assert "Intake: 4 reports refused; 3 reports dropped under pressure; 2 reports waiting, the oldest for 75 s" in (
        text_of(brief).replace("1 min", "75 s")
    )
    well = replace(brief.intake, refused=0, shed=0, is_behind=False)
    assert "Intake" not in text_of(replace(brief, intake=well))


def test_an_old_backtest_is_no_news() -> None:
    brief = replace(usual(), repeaters=Some(), messages=Some(), events=Some())
    assert "Ranking by risk: 17 of last week's top 20" in text_of(brief)
    assert brief.forecast is not None
    old = replace(brief.forecast, since=brief.about.first_day - timedelta(days=30))
    assert "Ranking by risk" not in text_of(replace(brief, forecast=old))


@pytest.mark.parametrize(
    ("numbers", "subject"),
    [
        ({}, "4,032 runs, 3.6 % failed, 74 corrections on 31 nodes, 7 silent"),
        ({"corrections": 0, "failed": 0}, "4,032 runs, 0 % failed, no corrections, 7 silent"),
        ({"runs": 0}, "no runs"),
    ],
)
def test_the_subject_holds_the_counters(numbers: dict[str, int], subject: str) -> None:
    assert tell_subject(counting(usual(), **numbers)) == subject
