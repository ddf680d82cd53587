"""Groups: who is in them, and which nodes that lets them see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from reports.errors import BadQuestion, NothingFound
from reports.people.tables import Group, VisibleNode
from reports.people.visible_nodes import nodes_of, read_query, recount_nodes_of_group
from reports.rollups.tables import NodeState
from reports.store.text import clean_name

NAMED: Final = 30  # nodes of a preview that are named
_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """A group as a form tells it. `environments` may hold an empty one: nodes that told none."""

    name: str
    sees_all: bool = False
    environments: tuple[str, ...] = ()
    query: str = ""
    members: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Preview:
    """What the members of a group see: so many of all nodes, and the first of them by name."""

    count: int
    total: int
    names: tuple[str, ...]

    @property
    def unnamed(self) -> int:
        return self.count - len(self.names)


def find_groups() -> QuerySet[Group]:
    """All groups by name, with `member_count` and `node_count`."""
    seen = VisibleNode.objects.filter(group_id=OuterRef("pk")).values("group_id").values(times=Count("node_id"))
    return Group.objects.annotate(member_count=Count("members"), node_count=Coalesce(Subquery(seen), 0)).order_by(
        "name"
    )


def find_group(group_id: int) -> Group:
    """One of them. Raises NothingFound."""
    group = Group.objects.filter(pk=group_id).first()
    if group is None:
        raise NothingFound("There is no such group.")
    return group


def preview(draft: GroupDraft, *, now: datetime) -> Preview:
    """Two counts and a short walk by name. Raises BadQuestion for a query that means nothing."""
    total = NodeState.objects.count()
    seen = NodeState.objects.all() if draft.sees_all else nodes_of(draft.environments, draft.query, now=now)
    names = tuple(seen.order_by("name", "site").values_list("name", flat=True)[:NAMED])
    return Preview(total if draft.sees_all else seen.count(), total, names)


@transaction.atomic
def save_group(group: Group | None, draft: GroupDraft, *, now: datetime) -> Group:
    """Make it, or change it, and work out what its members see. Raises BadQuestion for what cannot be kept."""
    name = clean_name(draft.name)
    if not name or len(name) > _LONGEST_NAME:
        raise BadQuestion(f"name: a group is called something, in at most {_LONGEST_NAME} characters")
    read_query(draft.query)
    saved = group or Group()
    saved.name, saved.sees_all = name, draft.sees_all
    saved.environments, saved.query = list(draft.environments), draft.query
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError as error:
        raise BadQuestion(f"name: there is a group called {name} already") from error
    saved.members.set(User.objects.filter(pk__in=draft.members))
    recount_nodes_of_group(saved.pk, now=now)
    return saved


@transaction.atomic
def delete_group(group: Group) -> None:
    """Refused while somebody is in it: who is in no group sees the whole fleet, which must not happen by the way."""
    held = Group.objects.select_for_update().get(pk=group.pk)
    if held.members.exists():
        raise BadQuestion(
            "This group has members. Take them out first: whoever is then in no group sees the whole fleet."
        )
    VisibleNode.objects.filter(group_id=held.pk).delete()
    held.delete()


def in_no_group(people: Collection[int]) -> tuple[str, ...]:
    """Those of these people who are in none, so that they see the whole fleet."""
    free = User.objects.filter(pk__in=people, is_active=True, fleet_groups__isnull=True)
    return tuple(free.order_by("username").values_list("username", flat=True))


def count_seen_nodes() -> int:
    """How many nodes there are for whose eyes look just now."""
    return NodeState.objects.count()
