"""The list of nodes."""

from __future__ import annotations

import pytest

from reports.pages import listing
from tests.api.conftest import keep, tell_run
from tests.pages.conftest import Reader

pytestmark = pytest.mark.usefixtures("fleet")


def test_every_node_is_a_line_with_its_status_in_words(reader: Reader) -> None:
    seen = reader.open("/nodes/")
    assert [link for link in seen.links("/nodes/") if link != "/nodes/"] == [
        "/nodes/new/",
        "/nodes/quiet/",
        "/nodes/rack/%C3%BC%201/",
        "/nodes/web-1/?site=branch",
        "/nodes/web-1/",
        "/nodes/web-2/",
    ]
    assert "site branch" in seen.text


def test_a_filter_in_the_address_is_set_in_the_form(reader: Reader) -> None:
    seen = reader.open("/nodes/?status=failed,silent&environment=production&search=a")
    ticked = [shown for tag, shown in seen.elements.found if tag == "input" and "checked" in shown]
    checked = [shown.get("value") for shown in ticked if shown.get("name") == "status"]
    chosen = [shown.get("value") for tag, shown in seen.elements.found if tag == "option" and "selected" in shown]
    assert checked == ["failed", "silent"]
    assert chosen == ["production"]
    assert seen.links("/nodes/rack")


def test_a_filter_that_no_node_passes_offers_all_of_them(reader: Reader) -> None:
    assert "No node matches" in reader.open("/nodes/?search=nobody").text


def test_a_filter_that_means_nothing_is_refused_on_a_page(reader: Reader) -> None:
    seen = reader.open("/nodes/?status=<xss>", expected=400)
    assert "status: there is no <xss>; choose from failed" in seen.text
    assert "xss" not in seen.tags()


def test_the_site_is_asked_for_only_where_there_are_several(reader: Reader) -> None:
    assert "filter-site" in reader.open("/nodes/").html


def test_a_long_list_is_turned_by_its_links(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "LINES", 4)
    keep(*(tell_run(f"many {number}", f"many-{number}") for number in range(3)))
    first = reader.open("/nodes/?environment=production")
    (on,) = [link for link in first.links("cursor=") if "environment=production" in link]
    second = reader.open(f"/nodes/{on}")
    assert not set(first.links("/nodes/many-")) & set(second.links("/nodes/many-"))
    assert len(first.links("/nodes/many-") + second.links("/nodes/many-")) == 3
