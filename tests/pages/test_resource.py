"""The page of one resource on all nodes."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest

from reports.pages.links import link_to_resource
from reports.rollups.tables import FleetEvent
from reports.run import Status
from reports.store.ids import resource_id
from tests.api.conftest import NASTY, NOW, keep, run_id, tell_change, tell_run
from tests.pages.conftest import Reader

pytestmark = pytest.mark.usefixtures("fleet")

MOTD = "/resource/?name=File[/etc/motd]"


def test_a_resource_shows_the_nodes_that_it_was_corrected_on_and_the_last_values_there(reader: Reader) -> None:
    seen = reader.open(MOTD)
    assert "File[/etc/motd]" in seen.text
    assert len(seen.links("/nodes/web-1/?resource=")) == len(seen.links("/nodes/web-1/?site=branch&resource=")) == 1
    assert seen.links(f"/nodes/web-1/?change={run_id('web-1 drift')}%3A0")
    assert "content old <i> → new text" in seen.text
    assert "site.pp:7" in seen.text
    assert "days-figure" in seen.html


def test_values_are_told_by_environment_and_a_difference_is_called_normal(reader: Reader) -> None:
    motd = tell_change("/etc/motd", corrective=True)
    other = motd._replace(changes=(motd.changes[0]._replace(new="for staging"),))
    assert "Environments want different values" not in reader.open(MOTD).text
    keep(tell_run("staging", "web-2", environment="staging", resources=(other,), code_version="v9"))
    seen = reader.open(MOTD)
    assert "Environments want different values" in seen.text
    assert "for staging" in seen.text
    assert "v9" in seen.text


def test_one_environment_can_be_looked_at_alone(reader: Reader) -> None:
    keep(tell_run("staging", "web-2", environment="staging", resources=(tell_change("/etc/motd", corrective=True),)))
    assert reader.open(MOTD).links("/nodes/web-2/")
    assert not reader.open(f"{MOTD}&environment=production").links("/nodes/web-2/")


def test_what_failed_is_counted_and_marked(reader: Reader) -> None:
    seen = reader.open("/resource/?name=Service[nginx]")
    assert "1 failures" in seen.text
    assert "mark failed" in seen.html
    assert "It was not corrected on any node in these days." in seen.text


def test_a_window_without_a_change_says_so(reader: Reader) -> None:
    keep(tell_run("old", "old", hours_ago=24 * 20, resources=(tell_change("/etc/old", corrective=True),)))
    assert "days-figure" in reader.open("/resource/?name=File[/etc/old]&window=30").html
    assert (
        "It was not corrected on any node in these days." in reader.open("/resource/?name=File[/etc/old]&window=7").text
    )


@pytest.mark.parametrize("title", [NASTY, "x" * 2000, "\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe", "a[b]&c=d #e", "\x01" * 9])
def test_any_title_can_be_looked_at(reader: Reader, title: str) -> None:
    keep(tell_run("nasty", "nasty", resources=(tell_change(title, corrective=True),)))
    seen = reader.open(link_to_resource(f"File[{title}]"))
    assert seen.links("/nodes/nasty/")
    assert "<i>" not in seen.html.replace("<i></i>", "")


def test_a_value_that_is_withheld_is_not_told(reader: Reader) -> None:
    secret = tell_change("/etc/shadow", corrective=True)
    kept = secret._replace(changes=(secret.changes[0]._replace(old=None, new=None, is_sensitive=True),))
    keep(tell_run("secret", "web-2", resources=(kept,)))
    seen = reader.open("/resource/?name=File[/etc/shadow]")
    assert "withheld" in seen.text
    assert "No change of the window told a value." in seen.text


def test_a_failure_is_no_value_that_was_found_or_set(reader: Reader) -> None:
    keep(tell_run("broken", "web-2", resources=(tell_change("/etc/broken", status=Status.FAILED),)))
    assert "No change of the window told a value." in reader.open("/resource/?name=File[/etc/broken]").text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("name=motd", 400),
        ("name=File[/nowhere]", 404),
        ("id=12", 404),
        ("id=1e5", 400),
        (f"id={'9' * 19}", 400),
        (f"id={'0' * 9999}", 400),
        ("name=File[%00]", 400),
        ("name=File[/etc/motd]&window=8", 400),
        ("name=File[/etc/motd]&cursor=x", 400),
    ],
)
def test_what_is_no_resource_is_refused_or_missed(reader: Reader, query: str, status: int) -> None:
    reader.open(f"/resource/?{query}", expected=status)


@pytest.mark.parametrize("every", [2, 200])
def test_the_second_page_goes_on_where_the_first_ended(reader: Reader, every: int) -> None:
    """Also where the first one ended among nodes that were never corrected: colder than any other, by infinity."""
    many = (
        tell_run(f"n{n}", f"n{n:03}", resources=(tell_change("/etc/many", corrective=n % every == 0),))
        for n in range(40)
    )
    keep(*many)
    address = f"/resource/?name={quote('File[/etc/many]')}"
    first = reader.open(address)
    (further,) = first.links("cursor=")
    second = reader.open(f"/resource/{further}")
    nodes = first.links("#opened") + second.links("#opened")
    nodes = [link for link in nodes if "?resource=" in link]
    assert len(nodes) == len(set(nodes)) == 40


def test_every_count_leads_to_the_changes_that_it_counts(reader: Reader) -> None:
    seen = reader.open(MOTD)
    corrections, failures, changes = seen.links("/changes/?")[:3]
    assert reader.open(corrections).links("/nodes/web-1/")
    assert reader.open(changes).links("/nodes/web-1/")
    assert not reader.open(failures).links("/nodes/web-1/")


def test_a_fleet_event_leads_to_its_corrections_and_to_what_else_happened_then(reader: Reader) -> None:
    at = NOW - timedelta(hours=2)
    key = resource_id("File", "/etc/motd")
    FleetEvent.objects.create(
        resource_id=key, environment="production", started_at=at, ended_at=at, nodes=7, corrections=9
    )
    seen = reader.open(MOTD)
    assert "Fleet events" in seen.text
    (link,) = [link for link in seen.links("/changes/?") if "until=" in link]
    assert reader.open(link).links(str(run_id("web-1 drift")))
    (then,) = seen.links("/incident/?since=")
    assert "File[/etc/motd]" in reader.open(then).text
