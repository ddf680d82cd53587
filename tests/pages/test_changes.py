"""The list of changes: what changed where, and why."""

from __future__ import annotations

import pytest

from reports.pages.links import link_to_changes
from reports.store.ids import resource_id
from tests.api.conftest import NASTY, keep, run_id, tell_change, tell_run
from tests.pages.conftest import Reader

pytestmark = pytest.mark.usefixtures("fleet")
LONG = "/srv/" + "x" * 2000


def listed(reader: Reader, address: str) -> list[str]:
    """The ids of the runs whose changes are on the page."""
    return [link.split("/")[2] for link in reader.open(address).links("/runs/") if link.count("/") > 2]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?cause=corrective", ("web-1 drift", "branch")),
        ("?cause=corrective&site=branch", ("branch",)),
        ("?cause=intended,corrective&node=web-1&site=main", ("web-1 drift", "web-1 drift", "web-1 first")),
        ("?status=failed", ("rack",)),
        ("?resource=File[/etc/motd]", ("web-1 drift", "branch")),
        (f"?id={resource_id('File', '/etc/motd')}", ("web-1 drift", "branch")),
        (f"?resource=Service[nginx]&id={resource_id('File', '/etc/motd')}", ("rack",)),
        ("?window=1&cause=intended", ("web-1 drift",)),
        ("?tool=other", ()),
        ("?environment=staging", ()),
    ],
)
def test_a_filter_leaves_what_it_says(reader: Reader, query: str, words: tuple[str, ...]) -> None:
    assert sorted(listed(reader, f"/changes/{query}")) == sorted(str(run_id(word)) for word in words)


def test_a_change_is_told_with_its_cause_and_the_reason(reader: Reader) -> None:
    seen = reader.open("/changes/?cause=corrective&site=main")
    assert "correction" in seen.text
    assert "corrective" in seen.text.replace("cause=corrective", "")
    assert "/nodes/web-1/" in seen.links()
    assert any(link.startswith("/nodes/web-1/?change=") for link in seen.links())


def test_only_the_last_week_is_looked_at_unless_asked_otherwise(reader: Reader) -> None:
    keep(tell_run("old", "web-1", hours_ago=24 * 8, resources=(tell_change("/old", corrective=True),)))
    assert str(run_id("old")) not in listed(reader, "/changes/")
    assert str(run_id("old")) in listed(reader, "/changes/?window=30")


def test_an_empty_window_offers_the_same_question_over_everything(reader: Reader) -> None:
    seen = reader.open("/changes/?environment=nowhere")
    assert "Only the last 7 days were looked at" in seen.text
    assert seen.links("window=all") == ["?environment=nowhere&window=all"]


@pytest.mark.parametrize(
    "query", ["?cause=good", "?status=well", "?window=9", "?since=soon", "?cursor=broken", "?resource=x", "?id=1.5"]
)
def test_a_question_that_means_nothing_is_refused_on_a_page(reader: Reader, query: str) -> None:
    name = query[1:].partition("=")[0]
    assert f"{name}: " in reader.open(f"/changes/{query}", expected=400).text


def test_untrusted_text_is_escaped_and_what_cannot_be_seen_is_shown(reader: Reader) -> None:
    keep(tell_run("long", "long", resources=(tell_change(LONG, corrective=True),)))
    seen = reader.open("/changes/")
    assert "<b>" not in seen.html
    assert "U+202E" in seen.text
    assert NASTY[:12] in seen.text


def test_a_resource_too_long_for_an_address_goes_by_its_id(reader: Reader) -> None:
    keep(tell_run("long", "long", resources=(tell_change(LONG, corrective=True),)))
    link = link_to_changes(resource=f"File[{LONG}]", cause="corrective")
    assert len(link) < 200
    assert listed(reader, link) == [str(run_id("long"))]


def test_pages_of_changes_are_walked(reader: Reader) -> None:
    keep(tell_run("many", "many", resources=tuple(tell_change(f"/{number}") for number in range(150))))
    first = reader.open("/changes/?node=many")
    (older,) = first.links("cursor=")
    assert len(listed(reader, f"/changes/{older}")) == 50
