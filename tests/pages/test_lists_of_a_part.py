"""Lists, files and saved views of somebody who sees a part of the fleet."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from reports.pages.choose_columns import LISTINGS
from reports.people.tables import AuditEntry, Group, SavedView
from reports.people.visible_nodes import recount_nodes_of_group
from reports.run import Outcome
from tests.api.conftest import NOW, keep, tell_change, tell_run
from tests.pages.conftest import Reader

pytestmark = pytest.mark.usefixtures("fleet")


@pytest.fixture
def part(reader: Reader) -> Reader:
    """Ada, who now sees the nodes of staging: web-2 alone."""
    group = Group.objects.create(name="testers", environments=["staging"])
    group.members.add(User.objects.get(username="ada"))
    recount_nodes_of_group(group.pk, now=timezone.now())
    return reader


def test_every_list_in_every_order_shows_the_part_alone(part: Reader) -> None:
    for page, listing in LISTINGS.items():
        for order in listing.orders:
            seen = part.open(f"/{page}/?sort={order}")
            assert not seen.links("/nodes/web-1/"), f"{page} {order}"
    assert part.open("/nodes/?sort=-status").links("/nodes/web-2/")


@pytest.mark.parametrize(
    ("which", "rows"), [("nodes", 1), ("runs", 1), ("changes", 0), ("resources", 0), ("hotspots", 0)]
)
def test_a_file_holds_the_part_alone(part: Reader, which: str, rows: int) -> None:
    file = json.loads(b"".join(part.client.get(f"/{which}/export.json")))
    assert len(file) == rows
    assert {row.get("node", row.get("name")) for row in file} <= {"web-2"}


def test_a_query_on_hotspots_finds_in_the_part_alone(part: Reader) -> None:
    drift = (tell_change("/etc/staged", corrective=True),)
    keep(tell_run("staged", "web-2", environment="staging", outcome=Outcome.CORRECTED, resources=drift))
    for query in ("q=web", "q=muted:no&window=24h", "q=corrections:>0", 'q=resource:"File[/etc/*]"', "q=changed:<7d"):
        seen = part.open(f"/hotspots/?{query}")
        assert seen.links("/nodes/web-2/"), query
        assert not seen.links("/nodes/web-1/"), query
    past = f"since={NOW - timedelta(days=3):%Y-%m-%d}&until={NOW + timedelta(days=1):%Y-%m-%d}"
    for query in ("q=type:File", "q=muted:no", "q=corrections:>0", f"q=/etc/*&{past}", "q=env:staging,production"):
        seen = part.open(f"/hotspots/?by=resource&{query}")
        assert "/etc/staged" in seen.text, query
        assert "motd" not in seen.text, query
    seen = part.open("/hotspots/?by=environment&q=*g*")
    assert seen.links("environment=staging")
    assert not part.open("/hotspots/?by=environment&q=production").links("environment=production")
    file = json.loads(b"".join(part.client.get("/hotspots/export.json?q=muted:no")))
    assert [row["name"] for row in file] == ["web-2"]
    told = part.client.get("/api/v1/hotspots/?q=site:main").json()["results"]
    assert [row["name"] for row in told] == ["web-2"]


def test_views_are_saved_named_anew_and_deleted(part: Reader) -> None:
    told = {"page": "nodes", "name": "mine", "query": "sort=name"}
    assert part.client.post("/views/save/", told).status_code == 302
    key = SavedView.objects.get(name="mine").pk
    assert part.client.post(f"/views/{key}/", {"act": "rename", "name": "ours"}).status_code == 302
    assert "ours" in part.open("/views/").text
    assert part.client.post(f"/views/{key}/", {"act": "delete"}).status_code == 302
    acts = AuditEntry.objects.filter(act__startswith="view.").order_by("id").values_list("act", flat=True)
    assert list(acts) == ["view.saved", "view.saved", "view.deleted"]
