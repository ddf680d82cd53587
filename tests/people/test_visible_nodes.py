"""Which nodes a group sees."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reports.errors import BadQuestion
from reports.people.groups import GroupDraft, delete_group, find_groups, preview, save_group
from reports.people.tables import Group, VisibleNode
from reports.people.visible_nodes import recount_visible_nodes
from reports.rollups.tables import NodeState
from tests.api.conftest import keep, keep_small_fleet, tell_run

NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def fleet(db: None) -> None:
    """Six nodes: web-1 (in two sites), rack, quiet and new in production; web-2 in staging."""
    keep_small_fleet()


def seen_by(group: Group) -> list[str]:
    ids = VisibleNode.objects.filter(group_id=group.pk).values("node_id")
    return sorted(NodeState.objects.filter(node_id__in=ids).values_list("name", flat=True))


def save(**more: object) -> Group:
    return save_group(None, GroupDraft("shop", **more), now=NOW)  # type: ignore[arg-type]


def test_environments_and_a_query_add_up() -> None:
    assert seen_by(save(environments=("staging",), query="name:qui*")) == ["quiet", "web-2"]


def test_a_query_is_about_what_a_node_is() -> None:
    assert seen_by(save(query="web site:branch")) == ["web-1"]
    with pytest.raises(BadQuestion):
        save_group(None, GroupDraft("failed ones", query="status:failed"), now=NOW)


def test_no_environment_and_no_query_is_no_node_and_not_all_of_them() -> None:
    assert seen_by(save(query="  ")) == []


def test_nodes_that_tell_no_environment_can_be_meant() -> None:
    keep(tell_run("bare", "bare", environment=None))
    assert seen_by(save(environments=("",))) == ["bare"]


def test_a_node_that_comes_or_moves_is_worked_out_anew() -> None:
    group = save(environments=("staging",))
    NodeState.objects.filter(name="quiet").update(environment="staging")
    NodeState.objects.filter(name="web-2").update(environment="production")
    recount_visible_nodes(NOW)
    assert seen_by(group) == ["quiet"]


def test_what_is_so_already_is_not_written_again() -> None:
    group = save(environments=("production",))
    VisibleNode.objects.filter(group_id=group.pk, node_id=NodeState.objects.get(name="quiet").pk).delete()
    recount_visible_nodes(NOW)
    assert len(seen_by(group)) == 5


def test_a_query_that_is_no_longer_understood_finds_nothing_and_stops_nobody() -> None:
    group = save(environments=("staging",))
    Group.objects.filter(pk=group.pk).update(query="gone:key")
    assert recount_visible_nodes(NOW) == 1
    assert seen_by(group) == ["web-2"]


def test_a_group_that_is_gone_leaves_nothing() -> None:
    group = save(environments=("staging",))
    delete_group(group)
    assert not VisibleNode.objects.exists()
    VisibleNode.objects.create(group_id=99, node_id=1)
    recount_visible_nodes(NOW)
    assert not VisibleNode.objects.exists()


def test_a_preview_counts_and_names() -> None:
    seen = preview(GroupDraft("x", environments=("staging",)), now=NOW)
    assert (seen.count, seen.total, seen.names, seen.unnamed) == (1, 6, ("web-2",), 0)
    assert preview(GroupDraft("x", sees_all=True), now=NOW).count == 6


def test_groups_are_listed_with_their_numbers() -> None:
    save(environments=("staging",))
    (group,) = find_groups()
    assert (group.name, group.node_count, group.member_count) == ("shop", 1, 0)  # type: ignore[attr-defined]
