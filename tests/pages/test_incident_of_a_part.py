"""Incident windows and comparisons of somebody who sees a part of the fleet."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from reports.people.tables import Group
from reports.people.visible_nodes import recount_nodes_of_group
from tests.api.conftest import run_id
from tests.pages.conftest import Reader

pytestmark = pytest.mark.usefixtures("fleet")


@pytest.fixture
def part(reader: Reader) -> Reader:
    """Ada, who now sees the nodes of staging: web-2 alone."""
    group = Group.objects.create(name="testers", environments=["staging"])
    group.members.add(User.objects.get(username="ada"))
    recount_nodes_of_group(group.pk, now=timezone.now())
    return reader


def test_a_window_holds_what_happened_on_the_part_alone(part: Reader) -> None:
    seen = part.open("/incident/?last=24h")
    assert "1 node in all" in seen.text
    assert "File[/etc/motd]" not in seen.text
    assert "it broke" not in seen.text
    assert "Service[nginx]" not in seen.text
    assert not seen.links("/nodes/web-1/")
    file = b"".join(part.client.get("/incident/export.json?last=24h"))
    assert b"motd" not in file


def test_nothing_is_compared_with_what_is_not_seen(part: Reader) -> None:
    part.open("/compare/nodes/?a=web-2&b=web-1&b_site=main", expected=404)
    part.open("/compare/nodes/?a=web-2&b=web-1", expected=404)
    part.open(f"/compare/runs/?a={run_id('web-2')}&b={run_id('web-1 drift')}", expected=404)
    part.open(f"/compare/runs/?a={run_id('web-2')}&b_node=web-1", expected=404)
    assert "web-1" not in part.open("/compare/nodes/?a=web-2").text
