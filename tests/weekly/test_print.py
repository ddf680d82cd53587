"""The PDF of a brief, read back."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import timedelta

import pytest

from reports.weekly.compile import print_incident_brief, print_weekly_brief
from reports.weekly.paper import Paper
from reports.weekly.parts import Intake, Some
from tests.weekly.example_parts import NASTY
from tests.weekly.examples import a_large_example, a_quiet_example, an_example, an_incident
from tests.weekly.read_back import Printed

PARTS = [
    *("The week in ten lines", "Runs by day and outcome", "Hotspots: nodes", "Hotspots: the resources behind them"),
    *("When corrections happen", "Fleet events", "Failures", "Repeaters: code to fix", "What was muted, and by whom"),
    *("How well last week's ranking did", "Intake", "How the numbers are counted"),
]
POINTS = {Paper.A4: (595.28, 841.89), Paper.LETTER: (612, 792)}


@pytest.fixture(scope="module")
def week() -> Printed:
    return Printed(print_weekly_brief(an_example(), Paper.A4))


@pytest.fixture(scope="module")
def incident() -> Printed:
    return Printed(print_incident_brief(an_incident(), Paper.A4))


@pytest.mark.parametrize("paper", Paper)
def test_a_validator_has_nothing_against_any_brief(paper: Paper) -> None:
    briefs = (an_example(), a_quiet_example(), a_large_example(40))
    made = [print_weekly_brief(brief, paper) for brief in briefs] + [print_incident_brief(an_incident(), paper)]
    assert [Printed(one).complaints() for one in made] == [[]] * 4


def test_the_validator_would_find_something() -> None:
    made = print_weekly_brief(an_example(), Paper.A4)
    assert Printed(made.replace(b"/Alt", b"/Abc")).complaints()


@pytest.mark.parametrize("paper", Paper)
def test_every_sheet_has_the_size_of_its_paper(paper: Paper) -> None:
    for sheet in Printed(print_weekly_brief(an_example(), paper)).reader.pages:
        assert (float(sheet.mediabox.width), float(sheet.mediabox.height)) == pytest.approx(POINTS[paper], abs=0.1)


def test_the_document_says_what_it_is(week: Printed) -> None:
    assert week.reader.metadata is not None
    assert week.reader.metadata.title == "Fleetview weekly brief 2026-W47: environment production"
    assert week.root["/Lang"] == "en-GB"
    assert week.root["/MarkInfo"]["/Marked"]
    assert week.root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_structure_is_tagged(week: Printed) -> None:
    roles = week.roles()
    assert {"Document", "H1", "H2", "Table", "THead", "TBody", "TR", "TH", "TD", "L", "LI", "Link", "Figure"} <= roles
    assert all(tag.parent == "TR" for tag in week.tags if tag.role in {"TH", "TD"})


def test_each_figure_says_what_it_shows(week: Printed, incident: Printed) -> None:
    alts = [tag.alt for printed in (week, incident) for tag in printed.tags if tag.role == "Figure"]
    assert all(alts)
    bars = next(alt for alt in alts if alt and alt.startswith("Stacked bars of runs"))
    assert "210 failed" in bars
    assert "Corrections on each of 14 days, oldest first: 0, 3, 1, 4, 2, 0, 3, 1, 4, 2, 0, 3, 1, 4." in alts


def test_bookmarks_name_every_part(week: Printed) -> None:
    assert [title for title in week.bookmarks() if title in PARTS] == PARTS
    assert "Silent nodes, as of 23 Nov 2026 06:00 UTC" in week.bookmarks()


def test_pages_are_numbered(week: Printed) -> None:
    count = len(week.reader.pages)
    assert week.reader.page_labels == [str(number) for number in range(1, count + 1)]
    assert all(f"Page {number} of {count}" in " ".join(text.split()) for number, text in enumerate(week.pages, 1))


def test_every_page_tells_period_zone_cut_off_and_version(week: Printed) -> None:
    foot = "Mon 16 Nov 2026 \N{EN DASH} Sun 22 Nov 2026 UTC · data up to 23 Nov 2026 05:59 UTC · Fleetview 0.1.0"
    assert all(foot in " ".join(text.split()) for text in week.pages)


def test_fonts_are_embedded(week: Printed, incident: Printed) -> None:
    fonts = week.fonts() | incident.fonts()
    assert len(fonts) > 5
    assert all(fonts.values())


def test_heads_of_a_table_are_repeated_on_its_next_page() -> None:
    printed = Printed(print_weekly_brief(a_large_example(60), Paper.A4))
    heads = [text for text in printed.pages if "Newest correction, and its cause" in " ".join(text.split())]
    assert len(heads) > 5


def test_every_number_of_the_brief_is_printed(week: Printed) -> None:
    brief = replace(an_example(), hours=None)  # hours and heat are tested by their table's shape
    told = {f"{number:,}" for number in _numbers([brief.counters, brief.days, brief.environments, brief.events])}
    told |= {f"{number:,}" for number in _numbers([brief.failures.lines, brief.messages.lines, brief.repeaters.lines])}
    told |= {f"{line.corrections:,}" for line in (*brief.nodes.lines, *brief.resources.lines)}
    words = set(week.text.split())
    assert {number for number in told if number not in words} == set()


def _numbers(value: object) -> set[int]:
    if isinstance(value, bool | None):
        return set()
    if isinstance(value, int):
        return {value}
    if isinstance(value, tuple | list):
        return {number for one in value for number in _numbers(one)}
    if is_dataclass(value) and not isinstance(value, type):
        return {number for field in fields(value) for number in _numbers(getattr(value, field.name))}
    return set()


def test_each_of_the_ten_lines_is_on_the_first_page(week: Printed) -> None:
    first = " ".join(week.pages[0].split())
    assert all(line.text in first for line in an_example().lines if NASTY not in line.text and "xxx" not in line.text)


def test_what_tools_send_stays_text(week: Printed, incident: Printed) -> None:
    for printed in (week, incident):
        assert '<script>alert("1")</script>/#setpage(width:1pt)/\\*_`$x$@refU+202Egnp.exeU+202C' in printed.letters
        assert "U+0000U+001B[31m" in printed.letters
        assert "日本語" in printed.letters
        assert "U+D800]" in printed.letters
        assert not any(tag.role == "Formula" for tag in printed.tags)


def test_a_long_name_is_cut_and_says_so(week: Printed) -> None:
    assert "+1,865characters" in week.letters


def test_a_part_without_anything_says_so_in_a_line() -> None:
    text = Printed(print_weekly_brief(a_quiet_example(), Paper.A4)).text
    for said in ("No run ended in these two weeks.", "No node is silent.", "Nothing was muted in this week."):
        assert said in text
    assert "data up to never" in text


def test_what_is_left_out_of_a_list_is_counted() -> None:
    brief = an_example()
    text = Printed(print_weekly_brief(replace(brief, nodes=Some(brief.nodes.lines, 1249)), Paper.A4)).text
    assert "And 1,240 more: the console's page Hotspots lists them all." in text
    text = Printed(print_weekly_brief(replace(brief, nodes=Some(brief.nodes.lines, 9, is_more=True)), Paper.A4)).text
    assert "And at least 1 more: the console's page Hotspots lists them all." in text


def test_a_week_that_is_not_over_and_a_part_of_the_fleet_are_said() -> None:
    brief = an_example()
    text = Printed(
        print_weekly_brief(replace(brief, about=replace(brief.about, is_over=False, is_part=True)), Paper.A4)
    )
    assert "The week was not over when this was made" in text.text
    assert "it holds that part only" in text.text


def test_nothing_that_waits_is_said_of_the_spool() -> None:
    intake = Intake(1, 1, 0, 0, 0, 0, 10, 0, None, 0, None, is_behind=False)
    text = Printed(print_weekly_brief(replace(an_example(), intake=intake), Paper.A4)).text
    assert "Nothing waited in the spool at 23 Nov 06:00 UTC." in text


def test_the_same_brief_gives_the_same_bytes_and_another_moment_others() -> None:
    brief = an_example()
    later = replace(brief, about=replace(brief.about, told_at=brief.about.told_at + timedelta(hours=1)))
    assert print_weekly_brief(brief, Paper.A4) == print_weekly_brief(an_example(), Paper.A4)
    assert print_weekly_brief(brief, Paper.A4) != print_weekly_brief(later, Paper.A4)


def test_an_incident_tells_its_changes_in_order_with_old_and_new_values(incident: Printed) -> None:
    places = [incident.letters.index(f"File[/etc/app-{number}.conf]") for number in range(60) if number != 7]
    assert places == sorted(places)
    assert "workers = 4" in incident.text
    assert "@@-1+1@@-workers=4+workers=8" in incident.letters
    assert "And 3 more" in incident.text


def test_an_incident_keeps_the_lines_of_the_notes_and_tells_times_in_the_zone_of_who_asked(incident: Printed) -> None:
    assert "To do: #pagebreak() must stay text." in incident.pages[0]
    assert "18 Nov 2026 13:00 CET (12:00 UTC)" in incident.text


def test_sensitive_values_are_not_printed_and_long_diffs_are_cut() -> None:
    brief = an_incident(2)
    hidden, long = brief.changes.lines
    changes = (
        replace(hidden, is_sensitive=True, old="hunter2", new="hunter3", diff="-hunter2"),
        replace(long, diff="\n".join(f"+line {number}" for number in range(500))),
    )
    text = Printed(print_incident_brief(replace(brief, changes=Some(changes, 2)), Paper.LETTER)).text
    assert "hunter" not in text
    assert "(476 lines more of this diff: in the JSON beside this brief)" in text
