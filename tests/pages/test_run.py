"""The page of one run."""

from __future__ import annotations

from typing import Any

import pytest

from reports.pages import run as run_page
from reports.run import Counts, InSync, LogLevel, LogLine, Outcome, Status
from tests.api.conftest import NASTY, keep, run_id, tell_change, tell_run
from tests.pages.conftest import Reader

pytestmark = pytest.mark.usefixtures("fleet")


def address(word: str) -> str:
    return f"/runs/{run_id(word)}/"


def keep_mixed() -> None:
    """A run with one change of each kind, and two resources that it found in sync."""
    changes = (
        tell_change("made", corrective=False),
        tell_change("broken", status=Status.FAILED),
        tell_change("skipped", status=Status.SKIPPED),
    )
    keep(
        tell_run(
            "mixed", "web-9", outcome=Outcome.FAILED, resources=changes,
            in_sync=(InSync("File", "quiet 1"), InSync("File", "quiet 2")),
            counts=Counts(total=5, unchanged=2, changed=1, failed=1, skipped=1),
        )
    )  # fmt: skip


def test_a_run_shows_each_change_with_both_values_and_why(reader: Reader) -> None:
    seen = reader.open(address("web-1 drift"))
    assert "File[/etc/motd]" in seen.text
    assert "before old <i>" in seen.text
    assert "after new text" in seen.text
    assert "correction" in seen.text
    assert "flagged this as corrective" in seen.text
    assert "site.pp:7" in seen.text


def test_a_failed_run_shows_its_message_logs_and_timings(reader: Reader) -> None:
    seen = reader.open(address("rack"))
    assert "it broke" in seen.text
    assert "agent <b>" in seen.text
    assert "disk is \N{SNOWMAN}" in seen.text
    assert "apply" in seen.text


def test_a_run_leads_to_its_neighbours_of_the_same_tool(reader: Reader) -> None:
    seen = reader.open(address("web-1 drift"))
    assert seen.links(str(run_id("web-1 first")))
    assert not seen.links(str(run_id("web-1 clean"))), "another tool's run is no neighbour"


def test_a_change_leads_to_its_resource_everywhere_and_to_its_own_past_on_the_node(reader: Reader) -> None:
    seen = reader.open(address("web-1 drift"))
    assert "/resource/?name=File%5B%2Fetc%2Fmotd%5D" in seen.links("/resource/")
    assert seen.links(f"/nodes/web-1/?change={run_id('web-1 drift')}%3A0")


def test_what_was_skipped_or_unchanged_is_counted_until_everything_is_asked_for(reader: Reader) -> None:
    keep_mixed()
    only = reader.open(address("mixed"))
    assert "File[made]" in only.text
    assert "File[skipped]" not in only.text
    assert "Left out here: 1 skipped and 2 unchanged resources." in only.text
    (switch,) = [link for link in only.links("show=all") if "#" not in link]
    everything = reader.open(f"{address('mixed')}{switch}")
    assert "File[skipped]" in everything.text
    assert "File[quiet 1]" in everything.text
    assert "Left out here" not in everything.text


def test_skipped_resources_that_the_tool_only_counts_are_told_of(reader: Reader) -> None:
    keep(tell_run("guards", "web-9", counts=Counts(total=4, unchanged=2, skipped=2)))
    assert "2 skipped resources the tool counted and did not name" in reader.open(f"{address('guards')}?show=all").text


def test_each_counter_leads_to_what_it_counts(reader: Reader) -> None:
    keep_mixed()
    seen = reader.open(address("mixed"))
    for asked, shown, hidden in (
        ("status=failed", "File[broken]", "File[made]"),
        ("status=success", "File[made]", "File[broken]"),
        ("status=skipped", "File[skipped]", "File[made]"),
        ("cause=intended", "File[made]", "File[broken]"),
    ):
        (link,) = seen.links(asked)
        changes = reader.open(f"{address('mixed')}{link}").text.partition("Only some of the changes are shown.")[2]
        assert shown in changes, asked
        assert hidden not in changes, asked


def test_a_failed_run_that_says_nothing_begins_with_what_failed_first(reader: Reader) -> None:
    keep_mixed()
    assert reader.open(address("mixed")).text.index("First to fail: File[broken]") < 900


def test_a_run_is_told_against_the_one_before(reader: Reader) -> None:
    keep(tell_run("then", "web-9", hours_ago=2, code_version="v1", in_sync=(InSync("File", "gone"),)))
    keep(tell_run("now", "web-9", code_version="v2", in_sync=(InSync("File", "come"),)))
    seen = reader.open(address("now"))
    for part in (
        "Code version v1 v2",
        "managed now, and not then File[come]",
        "managed then, and no more now File[gone]",
    ):
        assert part in seen.text
    assert seen.links(str(run_id("then")))
    assert "Against the run before" not in reader.open(address("then")).text


def test_what_took_time_is_shown_longest_first_beside_the_run_before(reader: Reader) -> None:
    changed: dict[str, Any] = {"outcome": Outcome.CHANGED, "resources": (tell_change("a"),)}
    keep(tell_run("then", "web-9", hours_ago=2, timings=(("pkg[nginx]", 4.0),), **changed))
    times = (("short", 0.25), ("pkg[nginx]", 2.0), *((f"rest {number}", 0.1) for number in range(20)))
    keep(tell_run("now", "web-9", timings=times, **changed))
    seen = reader.open(address("now"))
    assert "pkg[nginx] 2.0 s 4.0 s short 250 ms" in seen.text
    assert seen.links("/resource/?name=pkg%5Bnginx%5D")
    widths = [shown["width"] for tag, shown in seen.elements.found if tag == "rect"]
    assert widths[:4] == ["500", "1000", "62", "0"]
    assert "And 10 more that took less." in seen.text


def test_a_long_log_is_cut_but_not_its_warnings(reader: Reader) -> None:
    lines = [LogLine(LogLevel.NOTICE, "agent", f"line {number}") for number in range(500)]
    keep(
        tell_run("talks", "web-9", outcome=Outcome.CHANGED, logs=(*lines, LogLine(LogLevel.ERROR, "agent", "at last")))
    )
    seen = reader.open(address("talks"))
    assert "301 lines left out" in seen.text
    assert "at last" in seen.text
    assert "line 499" not in seen.text
    (link,) = seen.links("logs=all")
    assert "line 499" in reader.open(f"{address('talks')}{link}").text


def test_a_run_of_five_thousand_changes_is_a_small_page(reader: Reader) -> None:
    changes = tuple(tell_change(f"/srv/{number:04}/" + "x" * 1_900) for number in range(5_000))
    keep(tell_run("before", "web-9", hours_ago=2, outcome=Outcome.CHANGED, resources=changes[:4_000]))
    keep(tell_run("huge", "web-9", outcome=Outcome.CHANGED, resources=changes))
    seen = reader.open(address("huge"))
    assert len(seen.html) < 2_500_000
    assert [tag for tag, shown in seen.elements.found if shown.get("class") == "change"] == ["article"] * 100
    assert "4,000 changed then and now" in seen.text
    assert "And 3,900 more." in seen.text


def test_a_run_without_changes_says_so(reader: Reader) -> None:
    assert "This run changed nothing." in reader.open(address("web-1 clean")).text


def test_two_nodes_with_one_run_id_are_told_apart_by_the_node(reader: Reader) -> None:
    keep(tell_run("shared", "a", hours_ago=1), tell_run("shared", "b", hours_ago=2))
    assert "Run of a" in reader.open(address("shared")).text
    assert "Run of b" in reader.open(f"{address('shared')}?node=b").text


def test_two_sites_with_one_run_id_are_told_apart_by_the_site(reader: Reader) -> None:
    for site in ("east", "west"):
        keep(tell_run("shared", "a", message=f"seen in the {site}"), site=site)
    link = reader.open("/runs/?site=east").links(str(run_id("shared")))[0]
    assert "seen in the east" in reader.open(link).text
    assert "seen in the west" in reader.open(link.replace("east", "west")).text


def test_a_node_whose_name_begins_with_a_blank_keeps_it_in_the_link(reader: Reader) -> None:
    keep(tell_run("blank", " lead"))
    link = reader.open("/runs/").links(str(run_id("blank")))[0]
    assert "Run of" in reader.open(link).text


def test_many_changes_come_in_parts(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_page, "CHANGES", 2)
    changes = tuple(tell_change(f"/etc/{number}") for number in range(5))
    keep(tell_run("large", "web-1", outcome=Outcome.CHANGED, resources=changes))
    shown: list[str] = []
    link: str | None = address("large")
    while link:
        seen = reader.open(link)
        shown += [title for title in (f"/etc/{number}" for number in range(5)) if f"File[{title}]" in seen.text]
        onward = seen.links("from=")
        link = f"{address('large')}{onward[0]}" if onward else None
    assert shown == [f"/etc/{number}" for number in range(5)]


@pytest.mark.parametrize("asked", ["show=some", "cause=bad", "status=bad"])
def test_what_cannot_be_asked_is_refused(reader: Reader, asked: str) -> None:
    assert f"{asked.split('=')[0]}: " in reader.open(f"{address('web-1 drift')}?{asked}", expected=400).text


@pytest.mark.parametrize(
    ("path", "status"),
    [("/runs/00000000-0000-0000-0000-000000000000/", 404), ("/runs/xyz/", 404)],
)
def test_a_run_that_is_not_there_is_told_of_on_a_page(reader: Reader, path: str, status: int) -> None:
    assert "Not found" in reader.open(path, expected=status).text


def test_a_place_that_is_no_number_is_refused(reader: Reader) -> None:
    assert "from: " in reader.open(f"{address('web-1 drift')}?from=-1", expected=400).text


def test_nasty_text_is_shown_and_never_obeyed(reader: Reader) -> None:
    evil = "<xss>\"'><img src=x onerror=alert(1)>\u202e{{ 7|add:7 }}" + "x" * 4000
    change = tell_change(evil, kind="<xss>", status=Status.FAILED)
    keep(
        tell_run(
            "evil", "evil <xss>", outcome=Outcome.FAILED, resources=(change,), message=evil, code_version=evil,
            environment=evil, tool_version=evil,
        )
    )  # fmt: skip
    for page in (address("evil"), "/nodes/evil%20%3Cxss%3E/", "/", "/nodes/", "/runs/"):
        seen = reader.open(page)
        assert "xss" not in seen.tags(), page
        assert "img" not in seen.tags(), page
        assert not [name for _, shown in seen.elements.found for name in shown if name.startswith("on")], page
        assert "\u202e" not in seen.text, page
        assert "<xss>" in seen.text, page
    assert NASTY[:20] in reader.open(address("web-1 drift")).text
