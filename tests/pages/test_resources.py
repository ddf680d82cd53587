"""The list of resources."""

from __future__ import annotations

import pytest

from reports.analysis import resources as analysis
from reports.pages.links import link_to_resource
from reports.rollups.tables import NodeResource
from reports.run import Pattern
from reports.store.ids import resource_id
from tests.api.conftest import NASTY, keep, tell_change, tell_run
from tests.pages.conftest import Reader

pytestmark = pytest.mark.usefixtures("fleet")
MOTD = "File[/etc/motd]"


def listed(reader: Reader, query: str = "") -> list[str]:
    """Where the rows lead, in their order."""
    return reader.open(f"/resources/{query}").links("/resource/?")


def test_what_was_corrected_comes_first_and_what_only_changed_after_it(reader: Reader) -> None:
    found = listed(reader)
    assert found[0] == link_to_resource(MOTD)
    assert set(found[1:]) == {link_to_resource(f"File[{NASTY}]"), link_to_resource("Service[nginx]")}


def test_a_line_tells_corrections_heat_nodes_and_patterns_and_leads_to_the_corrections(reader: Reader) -> None:
    NodeResource.objects.filter(resource_id=resource_id("File", "/etc/motd")).update(pattern=int(Pattern.TUG_OF_WAR))
    seen = reader.open("/resources/?pattern=tug_of_war")
    assert f"{MOTD} 2.0 2 2 tug of war" in seen.text
    (link,) = seen.links("/changes/?resource=")
    assert "2 changes" in reader.open(link).text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?environment=production", 3),
        ("?environment=staging", 0),
        ("?q=type:File", 2),
        ("?q=nginx&environment=production", 1),
        ("?pattern=repeater", 0),
    ],
)
def test_a_filter_leaves_what_it_says(reader: Reader, query: str, count: int) -> None:
    assert len(listed(reader, query)) == count


@pytest.mark.parametrize(("query", "word"), [("?pattern=failing,repeater", "one at a time"), ("?sort=name", "sort: ")])
def test_a_question_that_means_nothing_is_refused_on_a_page(reader: Reader, query: str, word: str) -> None:
    assert word in reader.open(f"/resources/{query}", expected=400).text


def test_nodes_are_counted_up_to_a_bound(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(*(tell_run(f"n{n}", f"n{n}", resources=(tell_change("/etc/many", corrective=True),)) for n in range(4)))
    monkeypatch.setattr(analysis, "MOST_NODES", 3)
    assert "over 3" in reader.open("/resources/?q=many").text


def test_nothing_is_listed_before_anything_has_changed(reader: Reader) -> None:
    NodeResource.objects.all().delete()
    assert "No resource matches" in reader.open("/resources/?environment=nowhere").text
