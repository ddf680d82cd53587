"""The page of an incident window, and the page behind one of its lines."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from reports.pages import incident, incident_alike, incident_export
from reports.run import Inventory, Outcome, Status
from tests.api.conftest import NASTY, NOW, keep, run_id, tell_change, tell_run
from tests.pages.conftest import Reader

SINCE, UNTIL = NOW - timedelta(hours=4), NOW


def address(**asked: object) -> str:
    window = {"since": SINCE.isoformat(), "until": UNTIL.isoformat()}
    return f"/incident/?{urlencode({**window, **asked}, doseq=True)}"


@pytest.mark.django_db
def test_an_empty_fleet_has_an_empty_window(reader: Reader) -> None:
    seen = reader.open("/incident/")
    assert "Nothing changed and nothing failed in this window." in seen.text
    assert "None moved." in seen.text or "Code versions" not in seen.text


@pytest.mark.usefixtures("fleet")
def test_a_window_shows_every_change_of_every_tool_with_its_values(reader: Reader) -> None:
    seen = reader.open(address())
    for told in ("File[/etc/motd]", "Service[nginx]", "it broke", "correction", "before old <i>", "after new text"):
        assert told in seen.text
    assert "5 nodes in all" in seen.text or "6 nodes in all" in seen.text


@pytest.mark.usefixtures("fleet")
def test_a_moving_window_can_be_frozen_and_the_frozen_one_lasts(reader: Reader) -> None:
    seen = reader.open("/incident/?last=4h&only=failures&q=tool:generic")
    assert "Freeze this window" in seen.text
    (frozen,) = [link for link in seen.links("/incident/?since=") if "only=failures" in link and "q=tool" in link][-1:]
    again = reader.open(frozen)
    assert "Freeze this window" not in again.text
    assert "Service[nginx]" in again.text
    assert "File[/etc/motd]" not in again.text


@pytest.mark.usefixtures("fleet")
def test_a_bar_narrows_the_window_to_its_slice_and_stands_in_a_table_too(reader: Reader) -> None:
    seen = reader.open(address())
    assert "The same as a table" in seen.text
    narrowed = reader.open(seen.links("/incident/?since=")[-1])
    assert narrowed.status == 200


@pytest.mark.usefixtures("fleet")
def test_times_without_a_zone_are_the_viewers(reader: Reader) -> None:
    reader.client.cookies["fleetview_zone"] = "Asia/Tokyo"
    seen = reader.open("/incident/?since=2026-11-02T09:00&until=2026-11-02T10:00")
    assert "From (Asia/Tokyo)" in seen.text
    assert 'value="2026-11-02T09:00"' in seen.html
    assert 'datetime="2026-11-02T00:00:00+00:00"' in seen.html


@pytest.mark.usefixtures("fleet")
def test_nodes_are_named_one_a_line_or_by_a_query(reader: Reader) -> None:
    named = reader.open(address(nodes="web-1\r\nweb-2"))
    assert "3 nodes match" in named.text
    assert "Service[nginx]" not in named.text
    assert "1 node matches" in reader.open(address(q="env:staging")).text


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"since": "yesterday"}, "since: write a date or time"),
        ({"since": UNTIL.isoformat()}, "until: has to be later than since"),
        ({"since": (UNTIL - timedelta(days=20)).isoformat()}, "14 days long at most"),
        ({"last": "3h"}, "last: choose from 1h, 4h, 24h"),
        ({"only": "weather"}, "only: there is no weather"),
        ({"order": "sideways"}, "order: choose from oldest, newest"),
        ({"nodes": "a\0b"}, "NUL"),
        ({"nodes": [f"n{n}" for n in range(201)]}, "200 names at most"),
        ({"cursor": "nonsense"}, "cursor: not one that this list gave out"),
    ],
)
@pytest.mark.django_db
def test_what_means_nothing_is_refused_with_the_reason(reader: Reader, asked: dict[str, object], sentence: str) -> None:
    assert sentence in reader.open(address(**asked), expected=400).text


@pytest.mark.usefixtures("fleet")
def test_a_wrong_word_of_the_query_is_marked_at_its_field_and_the_form_stays_as_it_was_typed(reader: Reader) -> None:
    asked = {"q": " env:production wether:fine", "nodes": "web-1\nrack", "only": "failures", "order": "newest"}
    seen = reader.open(address(**asked), expected=400)
    assert "<mark>wether</mark>:fine" in seen.html
    assert "Nothing was searched" in seen.text and "Service[nginx]" not in seen.text
    fields = {at["name"]: at for tag, at in seen.elements.found if tag == "input" and at.get("name")}
    assert fields["q"]["value"] == asked["q"] and fields["q"]["aria-invalid"] == "true"
    assert (fields["only"]["value"], fields["order"]["value"]) == ("failures", "newest")
    assert fields["since"]["value"] == f"{SINCE:%Y-%m-%dT%H:%M}"
    assert ">web-1\nrack</textarea>" in seen.html
    assert "2 nodes match" in reader.open(address(**{**asked, "q": " "})).text


@pytest.mark.usefixtures("fleet")
def test_the_query_is_completed_as_one_about_nodes(reader: Reader) -> None:
    fields = [at for _, at in reader.open("/incident/").elements.found if "data-query" in at]
    assert [at["data-of"] for at in fields][-1] == "nodes"
    for place in ("/incident/export.csv", "/nodes/export.csv"):
        of = [at["data-of"] for _, at in reader.open(f"{place}?q=wether:1", 400).elements.found if "data-query" in at]
        assert of[-1] == "nodes"


@pytest.mark.django_db
def test_a_mass_outage_is_one_line_that_opens(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incident_alike, "LINES", 10)
    broken = tell_change("nginx", kind="Service", status=Status.FAILED)
    keep(*(tell_run(f"n{n}", f"web-{n:02}", outcome=Outcome.FAILED, resources=(broken,)) for n in range(25)))
    seen = reader.open(address())
    assert "on 25 nodes" in seen.text
    assert seen.text.count("Service[nginx]") == 1
    link = seen.links("/incident/changes/")[0]
    first = reader.open(link)
    assert first.text.count("Service[nginx]") == 11
    (onward,) = [
        href for tag, at in first.elements.found if tag == "a" and at.get("rel") == "next" and (href := at["href"])
    ]
    assert reader.open(f"/incident/changes/{onward}").text.count("Service[nginx]") == 11
    assert reader.open(first.links("/incident/?since=")[0]).status == 200


@pytest.mark.django_db
def test_changes_are_paged(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incident, "LINES", 2)
    changes = (tell_run(f"n{n}", f"n-{n}", hours_ago=3 - n / 9, resources=(tell_change(f"f{n}"),)) for n in range(5))
    keep(*changes)
    seen = reader.open(address())
    assert "File[f0]" in seen.text
    assert "File[f2]" not in seen.text
    (onward,) = [at["href"] or "" for tag, at in seen.elements.found if tag == "a" and at.get("rel") == "next"]
    assert "File[f2]" in reader.open(f"/incident/{onward}").text


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 400),
        ({"node": "web-1", "site": "main", "change": "nonsense:0"}, 400),
        ({"node": "web-1", "site": "main", "change": f"{run_id('web-1 drift')}:99"}, 404),
        ({"node": "web-1", "site": "main", "change": f"{run_id('web-1 first')}:0"}, 404),
    ],
)
def test_a_line_that_is_not_there_is_not_opened(reader: Reader, asked: dict[str, str], status: int) -> None:
    window = {"since": SINCE.isoformat(), "until": UNTIL.isoformat()}
    reader.open(f"/incident/changes/?{urlencode({**window, **asked})}", expected=status)


@pytest.mark.django_db
def test_nasty_names_and_messages_are_text(reader: Reader) -> None:
    for hours in (9, 1):
        keep(
            tell_run(f"one {hours}", NASTY, hours_ago=hours, outcome=Outcome.FAILED, message=NASTY, environment=NASTY,
                     resources=(tell_change(NASTY),), code_version=f"{NASTY}{hours}"),
            inventories=(Inventory("generic", NASTY, NOW - timedelta(hours=hours), facts={NASTY: f"<b>{hours}</b>"}),),
        )  # fmt: skip
    seen = reader.open(address(nodes=NASTY))
    assert {"b", "u"} & seen.tags() == set()
    assert "<b>say</b>" in seen.text
    assert "\u202e" not in re.sub(r'(href|value|title)="[^"]*"|<textarea.*?</textarea>', "", seen.html, flags=re.DOTALL)


@pytest.mark.usefixtures("fleet")
def test_a_node_and_a_hotspot_lead_to_what_else_happened_then(reader: Reader) -> None:
    for page in ("/nodes/web-1/?site=main", "/hotspots/"):
        around = reader.open(page).links("/incident/?since=")[0]
        assert "File[/etc/motd]" in reader.open(around).text


@pytest.mark.usefixtures("fleet")
def test_the_changes_of_a_window_come_as_files(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incident_export, "BATCH", 1)
    seen = reader.open("/incident/?last=4h&only=failures&only=corrections")
    for link in seen.links("export."):
        response = reader.client.get(f"/incident/{link}")
        told = b"".join(response).decode()
        assert "Service[nginx]" in told
        assert "File[/etc/motd]" in told
        assert NASTY[:20] not in told
    assert len(seen.links("export.")) == 2
    assert reader.open("/incident/export.csv?last=3h", expected=400).status == 400
