"""Every key that nodes are searched by, against the database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reports.errors import BadQuery
from reports.people.tables import Note
from reports.risk.tables import NodeRisk
from reports.rollups.tables import NodeState
from reports.run import Outcome, Pattern
from reports.search import resources as resource_search
from reports.search.on_nodes import READERS
from reports.search.subjects import NODES
from tests.analysis.conftest import NOW, heat_of, make_day, make_node, make_run
from tests.search.fleet import make_change, make_habit, make_resource, nodes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fleet() -> None:
    """Four nodes that differ in everything that is asked."""
    web = make_node("web-1", role="web", heat=heat_of(4), first_seen_at=NOW - timedelta(days=30))
    api = make_node("Web_2", environment="staging", tools=["one", "two"], status=Outcome.FAILED, heat=heat_of(0.5))
    db = make_node("db-1", site="lab", environment=None, is_clock_wrong=True, role="db, cache")
    old = make_node("old", environment="", status=None, last_received_at=NOW - timedelta(days=2))
    make_day(web, corrections=2, changes=3)
    make_day(web, days_ago=3, corrections=2, changes=2)
    make_day(api, days_ago=6, corrections=1, changes=1)
    make_day(api, days_ago=7, corrections=90, changes=90)
    make_day(db, days_ago=20, changes=1)
    NodeRisk.objects.create(node_id=web, probability=0.713, reasons=[], foretold_at=NOW)
    NodeRisk.objects.create(node_id=old, probability=0.05, reasons=[], foretold_at=NOW)
    motd, hosts = make_resource("File", "/etc/motd"), make_resource("File", "/etc/hosts")
    ntp = make_resource("Service", "ntp[d]")
    make_habit(web, motd, corrections=3, pattern=Pattern.TUG_OF_WAR)
    make_habit(api, hosts)
    make_habit(db, ntp, pattern=Pattern.REPEATER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "web-1 Web_2 db-1 old"),
        ("WEB", "web-1 Web_2"),
        ("web*", "web-1 Web_2"),
        ("*1", "web-1 db-1"),
        ("_", "Web_2"),
        ("-web", "db-1 old"),
        ("web,old", "web-1 Web_2 old"),
        ("web 1", "web-1"),
        ("name:web-1", "web-1"),
        ("name:web", ""),
        ("name:web*", "web-1"),
        ("name:web-1,db-1", "web-1 db-1"),
        ("host:%", ""),
        ("env:production", "web-1"),
        ("env:prod*,stag*", "web-1 Web_2"),
        ("-env:production", "Web_2 db-1 old"),
        ("-env:prod*", "Web_2 db-1 old"),
        ('env:""', "db-1 old"),
        ('-env:""', "web-1 Web_2"),
        ("site:lab", "db-1"),
        ("-site:l*", "web-1 Web_2 old"),
        ("tool:two", "Web_2"),
        ("-tool:two", "web-1 db-1 old"),
        ("role:*cache", "db-1"),
        ("-role:web", "Web_2 db-1 old"),
        ("status:failed", "Web_2"),
        ("outcome:failed,silent", "Web_2 old"),
        ("-status:silent", "web-1 Web_2 db-1"),
        ("corrections:>3", "web-1"),
        ("corrections:4", "web-1"),
        ("corrections:1,4", "web-1 Web_2"),
        ("corrections:0", "db-1 old"),
        ("corrections:<4", "Web_2 db-1 old"),
        ("corrections:<=4", "web-1 Web_2 db-1 old"),
        ("corrections:<0", ""),
        ("-corrections:>0", "db-1 old"),
        ("heat:>1", "web-1"),
        ("heat:4", "web-1"),
        ("heat:<1", "Web_2 db-1 old"),
        ("heat:>0", "web-1 Web_2"),
        ("heat:0", "db-1 old"),
        ("heat:<0", ""),
        ("heat:>=0", "web-1 Web_2 db-1 old"),
        ("risk:>70", "web-1"),
        ("risk:71", "web-1"),
        ("risk:<=5%", "old"),
        ("-risk:>70", "Web_2 db-1 old"),
        ("seen:>1d", "old"),
        ("seen:<1h", "web-1 Web_2 db-1"),
        ("seen:2026-11-21", "old"),
        ("seen:<=2026-11-21", "old"),
        ("seen:>2026-11-21", "web-1 Web_2 db-1"),
        ("first_seen:>2w", "web-1"),
        ("changed:<2h", ""),
        ("changed:<1d", "web-1"),
        ("changed:<7d", "web-1 Web_2"),
        ("changed:>7d", "db-1 old"),
        ("changed:<60d", "web-1 Web_2 db-1"),
        ("-changed:<60d", "old"),
        ("changed:2026-11-20", "web-1"),
        ("changed:>2026-11-20", "web-1"),
        ("changed:>=2026-11-03", "web-1 Web_2 db-1"),
        ("changed:<2026-11-10", "db-1 old"),
        ('resource:"File[/etc/motd]"', "web-1"),
        ('resource:"File[/etc/*]"', "web-1 Web_2"),
        ('resource:"*[/etc/*]"', "web-1 Web_2"),
        ('resource:"*[*]"', "web-1 Web_2 db-1"),
        ('resource:"S*[*]"', "db-1"),
        ('resource:"Nothing*[*]"', ""),
        ("resource:motd,ntp", "web-1 db-1"),
        ('resource:"Service[ntp[d]]"', "db-1"),
        ('-resource:"File[*]"', "db-1 old"),
        ('corrected:"File[/etc/*]"', "web-1"),
        ("pattern:repeater", "db-1"),
        ("pattern:repeater,tug_of_war", "web-1 db-1"),
        ("clock:wrong", "db-1"),
        ("clock:right", "web-1 Web_2 old"),
        ("env:production outcome:unchanged corrections:>3 resource:motd changed:<7d", "web-1"),
        ("env:production -web", ""),
    ],
)
def test_a_query_finds_the_nodes_that_it_means(text: str, expected: str) -> None:
    assert nodes(text) == set(expected.split())


def test_every_key_that_is_declared_is_read_and_no_other() -> None:
    assert {key.name for key in NODES.keys} | {""} == READERS.keys()


def test_the_edge_of_what_changed_is_told_to_the_minute() -> None:
    run = make_run(NodeState.objects.get(name="old").node_id, "late", minutes_ago=90)
    make_change(run, make_resource("File", "/etc/motd"))
    assert nodes("changed:<2h") == {"old"}
    assert nodes("changed:<1h") == set()
    assert nodes("changed:>1h") == {"web-1", "Web_2", "db-1", "old"}


def test_a_mute_counts_for_the_whole_node_and_while_it_stands() -> None:
    ids = dict(NodeState.objects.values_list("name", "node_id"))
    motd = make_resource("File", "/etc/motd")
    later, before = NOW + timedelta(days=1), NOW - timedelta(days=1)
    for name, more in {
        "web-1": {"is_mute": True, "expires_at": later},
        "Web_2": {"is_mute": True, "expires_at": before},
        "db-1": {"is_mute": True, "expires_at": later, "ended_at": before},
        "old": {"is_mute": True, "expires_at": later, "resource_id": motd},
    }.items():
        Note.objects.create(node_id=ids[name], text="known", owner_name="ada", **more)
    assert nodes("muted:yes") == {"web-1"}
    assert nodes("muted:no") == {"Web_2", "db-1", "old"}
    assert nodes("muted:yes,no") == {"web-1", "Web_2", "db-1", "old"}


def test_a_resource_that_means_too_many_is_refused_at_its_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource_search, "MOST_RESOURCES", 1)
    text = 'web resource:motd,"File[/etc/*]"'
    with pytest.raises(BadQuery, match="more than 1 resources: say more of the title") as caught:
        nodes(text)
    assert text[caught.value.start : caught.value.end] == '"File[/etc/*]"'
