"""The page of one node."""

from __future__ import annotations

import re

import pytest

from tests.api.conftest import keep, run_id, tell_run
from tests.pages.conftest import Reader

pytestmark = pytest.mark.usefixtures("fleet")


def test_a_node_shows_its_runs_its_changes_and_what_keeps_changing(reader: Reader) -> None:
    seen = reader.open("/nodes/web-1/")
    for word in ("web-1 first", "web-1 drift", "web-1 clean"):
        assert seen.links(str(run_id(word)))
    assert "File[/etc/motd]" in seen.text
    assert "days-figure" in seen.html
    assert "1 packages" in seen.text or "1 package" in seen.text
    assert re.search(r"2 facts|1 facts", seen.text)


def test_a_name_with_a_slash_a_space_and_a_letter_from_afar_has_a_page(reader: Reader) -> None:
    assert "rack/ü 1" in reader.open("/nodes/rack/%C3%BC%201/").text


def test_the_same_name_in_another_site_is_another_node(reader: Reader) -> None:
    seen = reader.open("/nodes/web-1/?site=branch")
    assert seen.links(str(run_id("branch")))
    assert not seen.links(str(run_id("web-1 clean")))
    assert "same name in site main" in seen.text


def test_a_silent_node_says_so_and_nothing_better(reader: Reader) -> None:
    html = reader.open("/nodes/quiet/").html
    head = html[html.index("<h1>") : html.index("Last heard of")]
    assert "mark silent" in head
    assert "unchanged" not in head


def test_a_run_under_way_is_mentioned(reader: Reader) -> None:
    assert "has not told how it ended" in reader.open("/nodes/new/").text


@pytest.mark.parametrize("address", ["/nodes/nobody/", "/nodes/web-1/?site=nowhere", "/nodes/a%00b/", "/nodes/%2E%2E/"])
def test_a_node_that_is_not_there_is_told_of_on_a_page(reader: Reader, address: str) -> None:
    assert "Not found" in reader.open(address, expected=404).text


def test_a_name_that_no_path_can_hold_comes_in_the_query(reader: Reader) -> None:
    assert "rack/ü 1" in reader.open("/nodes/-/?name=rack/%C3%BC%201").text


def test_a_name_in_several_sites_but_not_the_main_one_asks_which(reader: Reader) -> None:
    from_sites = ("east", "west")
    for site in from_sites:
        keep_in(site)
    seen = reader.open("/nodes/twin/")
    assert "Several sites have a node of this name" in seen.text
    assert seen.links("?site=") == [f"/nodes/twin/?site={site}" for site in from_sites]


def keep_in(site: str) -> None:
    keep(tell_run(f"twin {site}", "twin"), site=site)
