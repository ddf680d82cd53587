"""What somebody may see, and the one way to look with their eyes: every statement inside sees that alone.

Whoever sees a part of the fleet has the schema `visible` as the whole search path: for each table that pages and API
ask there is a view of the same name with the rows that are seen. A table without one is not there, so what is forgotten
fails and shows nothing. Why it is so: docs/decisions/visibility.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction

from reports.people.roles import Role, may
from reports.people.tables import Group

_LOOK: Final = """
SELECT
    current_setting('search_path'),
    current_setting('fleetview.groups', true),
    current_setting('fleetview.person', true),
    set_config('search_path', %s, true),
    set_config('fleetview.groups', %s, true),
    set_config('fleetview.person', %s, true)
"""


@dataclass(frozen=True, slots=True)
class Sight:
    """`sees_all`, or else the nodes of these groups. `person` is the id of the login."""

    person: int | None
    sees_all: bool
    groups: tuple[int, ...] = ()


EVERYTHING: Final = Sight(person=None, sees_all=True)  # programs that are nobody's, and what runs by itself


def sight_of(user: AbstractBaseUser | AnonymousUser) -> Sight:
    """Admins and who is in no group see the whole fleet, so do members of a group that does; others their groups.

    Costs a query only where the user was loaded by something else than `backend.PersonBackend`.
    """
    if may(user, Role.ADMIN):
        return Sight(user.pk, sees_all=True)
    found = getattr(user, "group_sights", None)
    if found is None:
        found = list(Group.objects.filter(members=user.pk).values("id", "sees_all"))
    sees_all = not found or any(group["sees_all"] for group in found)
    return Sight(user.pk, sees_all, () if sees_all else tuple(sorted(group["id"] for group in found)))


@contextmanager
def seeing(sight: Sight) -> Iterator[None]:
    """Look with these eyes: one transaction for who sees a part, nothing at all for who sees everything.

    A statement that streams its rows has to begin and end inside.
    """
    if sight.sees_all:
        yield
        return
    was_inside = connection.in_atomic_block
    with transaction.atomic():
        before = _look("visible", f"{{{','.join(map(str, sight.groups))}}}", str(sight.person or ""))
        yield
        # The end of a transaction takes it back, and that of a savepoint only where it is rolled back.
        if was_inside and not connection.needs_rollback:
            _look(*before)


@contextmanager
def seeing_nodes(node_ids: Collection[int]) -> Iterator[None]:
    """Look at these nodes alone: all that is asked inside is counted from them, as for who sees no other node.

    For a set of nodes that no statement has a filter for, such as those that a query finds. Who sees a part has to have
    found them with their own eyes. The nodes stand in `visible_node` under a number that no group has, and are gone
    with the savepoint: nothing that is written inside is kept.
    """
    meant = set(node_ids)  # a query that is asked only now, is asked with the eyes from before
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT -1 - (random() * 9e18)::bigint, current_setting('fleetview.person', true)")
            number, person = cursor.fetchone()
            _look("visible", f"{{{number}}}", person or "")
            cursor.execute(
                "INSERT INTO visible_node (group_id, node_id) SELECT %s, unnest(%s::bigint[])",
                [number, f"{{{','.join(map(str, meant))}}}"],
            )
        yield
        transaction.set_rollback(True)


def is_seeing_a_part() -> bool:
    """Whether what is asked now is asked with the eyes of somebody who sees a part of the fleet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('search_path') = 'visible'")
        (is_part,) = cursor.fetchone()
    return bool(is_part)


def _look(search_path: str, groups: str, person: str) -> tuple[str, str, str]:
    """Set all three until the transaction ends; what they were before."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [search_path, groups, person])
        path, old_groups, old_person, *_ = cursor.fetchone()
    return path, old_groups or "", old_person or ""
