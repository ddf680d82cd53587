"""The page of one run."""

from __future__ import annotations

import pytest

from reports.pages import run as run_page
from reports.run import Outcome, Status
from tests.api.conftest import NASTY, keep, run_id, tell_change, tell_run
from tests.pages.conftest import Reader

pytestmark = pytest.mark.usefixtures("fleet")


def address(word: str) -> str:
    return f"/runs/{run_id(word)}/"


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
