"""The page of one node."""

from __future__ import annotations

import re

import pytest

from reports.risk.tables import NodeRisk
from reports.rollups.tables import NodeResource
from reports.run import Counts, Outcome, Pattern
from reports.store.ids import node_id, resource_id
from tests.api.conftest import NOW, keep, run_id, tell_change, tell_run
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


def test_the_timeline_has_a_mark_for_what_each_run_did_and_leads_to_the_run(reader: Reader) -> None:
    seen = reader.open("/nodes/web-1/")
    timeline = seen.html[seen.html.index('id="timeline"') : seen.html.index('id="newest-changes"')]
    assert timeline.count(f"change={run_id('web-1 drift')}%3A") == 2
    assert timeline.count(f"change={run_id('web-1 first')}%3A") == 1
    assert "Run of " in timeline
    assert 'aria-label="correction, ' in timeline
    assert 'aria-label="intended, ' in timeline
    assert "1 unchanged run since" in timeline, "the run of the other tool"


def test_a_window_without_an_eventful_run_says_what_there_was(reader: Reader) -> None:
    long_ago = "/nodes/web-1/?until=2020-01-01"
    assert "no run is known" in reader.open(long_ago).text
    assert "found everything as it should be" in reader.open("/nodes/quiet/").text
    (later,) = [link for link in reader.open(long_ago).links("until=") if "2020-01-31" in link]
    assert later


def test_an_opened_change_tells_all_of_it(reader: Reader) -> None:
    seen = reader.open(f"/nodes/web-1/?change={run_id('web-1 drift')}:0")
    opened = seen.html[seen.html.index('id="opened"') :]
    assert "File[/etc/motd]" in seen.text
    assert "The agent flagged this as corrective" in opened
    assert "site.pp:7" in seen.text
    assert seen.links("/resource/?name=File%5B%2Fetc%2Fmotd%5D")
    assert seen.links("/nodes/web-1/?site=branch&resource="), "the same on the node of the other site"
    assert "Newest changes" not in seen.text
    assert "old &lt;i&gt;" in opened


def test_an_opened_resource_tells_its_values_over_time(reader: Reader) -> None:
    (link, *_) = reader.open("/nodes/web-1/").links("resource=")
    seen = reader.open(f"/nodes/web-1/{link.split('#')[0]}")
    assert "Its values over time" in seen.text
    assert "set 1 time" in seen.text
    assert seen.links(f"change={run_id('web-1 drift')}")
    assert 'class="is-opened"' in seen.html


def test_a_property_that_changed_often_tells_its_newest_steps_and_where_the_others_are(reader: Reader) -> None:
    words = [f"again {count}" for count in range(40)]
    often = (tell_change("/etc/often"),)
    keep(*(tell_run(word, "web-1", hours_ago=40 - nth, resources=often) for nth, word in enumerate(words)))
    seen = reader.open(f"/nodes/web-1/?change={run_id(words[-1])}:0")
    assert "24 earlier" in seen.text
    assert "8 more among all its changes" in seen.text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("change=x", 400),
        ("change=%C3%BC:1", 400),
        (f"change={run_id('web-1 drift')}:x", 400),
        (f"change={run_id('web-1 drift')}:{'9' * 30}", 400),
        (f"change={run_id('web-1 drift')}:99", 404),
        (f"change={run_id('branch')}:0", 404),
        ("resource=12", 404),
        ("resource=motd", 400),
        ("window=8", 400),
        ("until=tomorrow", 400),
    ],
)
def test_what_cannot_be_opened_is_refused_or_missed(reader: Reader, query: str, status: int) -> None:
    reader.open(f"/nodes/web-1/?{query}", expected=status)


def test_risk_is_told_with_its_reasons_once_it_is_foretold(reader: Reader) -> None:
    assert "Not foretold yet" in reader.open("/nodes/web-1/").html
    NodeRisk.objects.create(
        node_id=node_id("main", "web-1"), probability=0.384, reasons=["3 corrections <b>"], foretold_at=NOW
    )
    text = reader.open("/nodes/web-1/").text
    assert "38 %" in text
    assert "3 corrections <b>" in text


def test_a_pattern_stands_beside_its_resource_with_the_evidence(reader: Reader) -> None:
    NodeResource.objects.filter(resource_id=resource_id("File", "/etc/motd")).update(
        pattern=Pattern.TUG_OF_WAR, evidence="swapped 14 times between a & b"
    )
    assert "swapped 14 times between a & b" in reader.open("/nodes/web-1/").text
    opened = reader.open(f"/nodes/web-1/?change={run_id('web-1 drift')}:0")
    assert "mark tug_of_war" in opened.html


def test_a_first_build_of_thousands_of_changes_keeps_the_page_small(reader: Reader) -> None:
    titles = tuple(tell_change(f"/etc/{'long' * 50}{number}") for number in range(3000))
    keep(tell_run("big", "big", resources=titles, counts=Counts(total=3000, changed=3000), outcome=Outcome.CHANGED))
    seen = reader.open("/nodes/big/")
    assert "More of the 3,000 resources" in seen.text
    assert len(seen.html) < 400_000
    assert "200 of 3,000 resources" in reader.open("/nodes/big/?rows=200").text


def test_a_rebuilt_machine_is_told_of_and_marked_where_it_began(reader: Reader) -> None:
    built = tell_change("/etc/motd")
    told = (("first-machine", 50), ("first-machine", 40), ("second-machine", 30), ("second-machine", 9))
    plain = {"outcome": Outcome.CHANGED, "resources": (built,)}
    keep(*(tell_run(f"{hours}", "phoenix", hours_ago=hours, machine=machine, **plain) for machine, hours in told))
    seen = reader.open("/nodes/phoenix/")
    assert "Machine, rebuilt" in seen.text
    assert "first-machine" in seen.text
    assert seen.html.count("the node was rebuilt before this") == 2, "as a title and as a label of one column"
    assert seen.html.count('class="rebuilt"') == 1
