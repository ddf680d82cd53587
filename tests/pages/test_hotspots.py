"""Where corrections gather."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import QueryDict

from reports.risk.tables import NodeRisk
from reports.rollups.tables import FleetEvent, NodeResource
from reports.run import Outcome, Pattern
from reports.store.ids import node_id, resource_id
from tests.api.conftest import NASTY, NOW, keep, tell_change, tell_run
from tests.pages.conftest import Reader

MOTD = resource_id("File", "/etc/motd")
LONG = "/srv/" + "x" * 2000


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize("window", ["24h", "7d", "30d", "90d"])
@pytest.mark.parametrize(
    ("by", "found"), [("node", "/nodes/web-1/"), ("resource", "motd"), ("environment", "environment=production")]
)
def test_what_was_corrected_is_ranked_over_every_window(reader: Reader, by: str, found: str, window: str) -> None:
    seen = reader.open(f"/hotspots/?by={by}&window={window}")
    assert seen.links(found)
    assert "needed a correction in this window" not in seen.text


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize("by", ["node", "resource", "environment"])
@pytest.mark.parametrize("window", ["24h", "7d"])
def test_every_number_leads_to_a_list_of_as_many(reader: Reader, by: str, window: str) -> None:
    seen = reader.open(f"/hotspots/?by={by}&window={window}")
    span = "hours=24" if window == "24h" else "days=7"
    first = reader.client.get(f"/api/v1/hotspots/?by={by}&{span}").json()["results"][0]
    corrections, *_ = seen.links("/changes/?")
    changes = [link for link in reader.open(corrections).links("/runs/") if link.count("/") > 2]
    assert len(changes) == first["corrections"] > 0
    runs = next(link for link in seen.links("/runs/?") if "outcome=corrected" not in link)
    listed = {link for link in reader.open(runs).links("/runs/") if link.count("/") > 2}
    assert len(listed) == first["runs"] > 0


@pytest.mark.usefixtures("fleet")
def test_a_cell_of_the_heat_map_leads_to_the_corrections_of_its_day(reader: Reader) -> None:
    seen = reader.open("/hotspots/")
    day = (NOW - timedelta(hours=2)).date()
    cells = [link for link in seen.links("/changes/?") if f"since={day}&until={day + timedelta(days=1)}" in link]
    assert cells
    listed = [link for link in reader.open(cells[0]).links("/runs/") if link.count("/") > 2]
    assert len(listed) == 1


@pytest.mark.usefixtures("fleet")
def test_the_pattern_the_risk_and_their_reasons_are_told(reader: Reader) -> None:
    NodeResource.objects.filter(resource_id=MOTD).update(pattern=Pattern.PERIODIC, evidence="daily about 02:00")
    NodeRisk.objects.create(
        node_id=node_id("main", "web-1"), probability=0.734, reasons=["corrected on 5 of 7 days"], foretold_at=NOW
    )
    seen = reader.open("/hotspots/?pattern=periodic")
    for told in ("periodic", "daily about 02:00", "73 %", "corrected on 5 of 7 days", "has not been tested"):
        assert told in seen.text
    assert "Nothing here needed a correction" in reader.open("/hotspots/?pattern=repeater").text
    assert reader.open("/hotspots/?order=risk").links("/nodes/web-1/")


@pytest.mark.usefixtures("fleet")
def test_repeaters_and_fleet_events_stand_apart(reader: Reader) -> None:
    NodeResource.objects.filter(resource_id=MOTD).update(pattern=Pattern.REPEATER, evidence="in 47 of 48 runs")
    began = NOW - timedelta(hours=3)
    FleetEvent.objects.create(
        resource_id=MOTD, environment="production", started_at=began, ended_at=NOW, nodes=412, corrections=413
    )
    seen = reader.open("/hotspots/")
    assert "in 47 of 48 runs" in seen.text
    assert "412" in seen.text
    (event,) = [link for link in seen.links("/changes/") if "until=" in link and "File" in link and "T" in link]
    listed = [link for link in reader.open(event).links("/runs/") if link.count("/") > 2]
    assert len(listed) == 2


@pytest.mark.usefixtures("fleet")
def test_a_window_of_the_past_is_asked_for_by_its_days(reader: Reader) -> None:
    keep(
        tell_run(
            "old", "old", hours_ago=24 * 20, outcome=Outcome.CORRECTED, resources=(tell_change("/o", corrective=True),)
        )
    )
    since, until = (NOW - timedelta(days=21)).date(), (NOW - timedelta(days=18)).date()
    seen = reader.open(f"/hotspots/?since={since}&until={until}")
    assert seen.links("/nodes/old/")
    assert not seen.links("/nodes/web-1/")
    assert f'value="{since}"' in seen.html


@pytest.mark.parametrize("by", ["node", "resource", "environment"])
def test_an_empty_fleet_has_no_hotspot_and_says_so(reader: Reader, by: str) -> None:
    seen = reader.open(f"/hotspots/?by={by}")
    assert "Nothing needed a correction in this window" in seen.text
    assert "<table class=" not in seen.html


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize("by", ["node", "resource", "environment"])
def test_untrusted_names_are_escaped_and_long_ones_make_no_long_address(reader: Reader, by: str) -> None:
    nasty = tuple(tell_change(title, corrective=True) for title in (NASTY, LONG))
    environment = "<i>x</i>\u202e"
    keep(
        tell_run(
            "nasty", "<b>node</b>", hours_ago=0.1, outcome=Outcome.CORRECTED, resources=nasty, environment=environment
        )
    )
    seen = reader.open(f"/hotspots/?by={by}&window=24h")
    assert "<b>" not in seen.html
    assert "<i>x" not in seen.html
    assert max(map(len, seen.links())) < 2000
    for link in seen.links("/changes/")[:3]:
        reader.open(link)


@pytest.mark.parametrize(
    "query",
    ["?by=tool", "?window=5d", "?order=name", "?pattern=odd", "?since=soon", "?since=2026-02-02&until=2026-01-01"],
)
def test_a_question_that_means_nothing_is_refused_on_a_page(reader: Reader, query: str) -> None:
    name = query[1:].partition("=")[0]
    named = "until" if "until" in query else name
    assert f"{named}: " in reader.open(f"/hotspots/{query}", expected=400).text


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize(
    ("query", "found", "left"),
    [
        ("q=site:branch", "site=branch", "/nodes/web-1/?since"),
        ("q=web&window=24h", "/nodes/web-1/", "/nodes/quiet/"),
        ("by=resource&q=type:File+muted:no", "motd", "nginx"),
        ("by=environment&q=prod", "environment=production", "environment=staging"),
        ("q=name:web-1&order=risk", "order=heat", "/nodes/quiet/"),
    ],
)
def test_a_query_narrows_what_is_ranked_and_stays_in_its_field(
    reader: Reader, query: str, found: str, left: str
) -> None:
    seen = reader.open(f"/hotspots/?{query}")
    assert seen.links(found)
    assert not seen.links(left)
    value = next(attributes["value"] for tag, attributes in seen.elements.found if attributes.get("id") == "q")
    assert value == QueryDict(query)["q"]
    for export in seen.links("export."):
        assert QueryDict(export.partition("?")[2])["q"] == value


@pytest.mark.usefixtures("fleet")
def test_a_query_leaves_out_what_it_does_not_narrow_and_leads_to_it(reader: Reader) -> None:
    seen = reader.open("/hotspots/?q=web&order=risk&window=30d")
    assert "Corrections by hour" not in seen.text
    assert 'id="repeaters"' not in seen.html
    (whole,) = [link for link in seen.links("?") if link == "?order=risk&window=30d"]
    assert 'id="repeaters"' in reader.open(f"/hotspots/{whole}").html


@pytest.mark.usefixtures("fleet")
def test_a_word_that_means_nothing_is_marked_at_the_field_and_all_else_is_kept(reader: Reader) -> None:
    seen = reader.open("/hotspots/?q=web+enviroment:x&environment=staging&order=risk&window=30d", expected=400)
    assert "<mark>enviroment</mark>" in seen.html
    assert "did you mean env" in seen.text
    assert "Nothing was searched" in seen.text
    kept = {
        attributes.get("name"): attributes.get("value") for tag, attributes in seen.elements.found if tag == "input"
    }
    assert (kept["q"], kept["order"], kept["window"]) == ("web enviroment:x", "risk", "30d")
    assert '<option value="staging" selected>' in seen.html
    assert not seen.links("/nodes/web-1/")


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize("by", ["node", "resource", "environment"])
@pytest.mark.parametrize("text", [NASTY, "<script>", "name:\x00", '"\u202e%s %(x)s\'"', "a" * 2000])
def test_nothing_that_is_typed_breaks_the_page(reader: Reader, by: str, text: str) -> None:
    response = reader.client.get("/hotspots/", {"by": by, "q": text})
    assert response.status_code in (200, 400)
    assert b"<script>" not in response.content
    assert b"<b>" not in response.content


@pytest.mark.usefixtures("fleet")
def test_a_query_that_means_nothing_gives_no_file(reader: Reader) -> None:
    seen = reader.open("/hotspots/export.csv?by=resource&q=status:failed", expected=400)
    assert "<mark>status</mark>" in seen.html


@pytest.mark.usefixtures("fleet")
def test_filters_that_do_not_apply_are_left_behind_when_something_else_is_ranked(reader: Reader) -> None:
    seen = reader.open("/hotspots/?by=resource&tool=other&environment=production")
    assert "motd" in seen.text
    (to_nodes,) = [link for link in seen.links("by=node") if "window" in link and "environment" in link]
    assert "tool" not in to_nodes
