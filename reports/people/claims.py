"""What a provider of logins tells of somebody, and what that means here: a role, groups, or no way in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction

from reports.people.roles import Role, role_of
from reports.people.tables import Group, Person
from reports.store.text import clean_name

_MOST_NAME: Final = 120  # of the 150 characters that a login name may have
_NO_NAME: Final = re.compile(r"[^\w.@+-]+")


class Refusal(StrEnum):
    """Why nobody was signed in; what the login page says for it stands in reports/pages/sign_on.py."""

    NOT_ALLOWED = "not-allowed"
    NO_GROUP = "no-group"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    UNREACHABLE = "unreachable"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Rules:
    """How groups of the provider are read. Without any group for a role, roles are given here and not there.

    `joins_groups`: a person is in just those of our groups whose names the provider tells.
    """

    claim: str
    allowed: frozenset[str]
    operators: frozenset[str]
    admins: frozenset[str]
    joins_groups: bool

    @property
    def gives_roles(self) -> bool:
        return bool(self.operators or self.admins)

    def role(self, groups: frozenset[str]) -> Role:
        """The highest that one of the groups gives."""
        if groups & self.admins:
            return Role.ADMIN
        return Role.OPERATOR if groups & self.operators else Role.VIEWER


def groups_told(claims: Mapping[str, Any], claim: str) -> frozenset[str]:
    """The groups that a provider tells: a list, one word, or at the end of a path such as `realm_access.roles`."""
    told: Any = claims.get(claim)
    if told is None and "." in claim:
        told = claims
        for part in claim.split("."):
            told = told.get(part) if isinstance(told, Mapping) else None
    if isinstance(told, str):
        told = [told]
    return frozenset(one for one in told if isinstance(one, str)) if isinstance(told, Sequence) else frozenset()


def refuse(user: User | None, groups: frozenset[str], rules: Rules) -> Refusal | None:
    """Why these groups let nobody in; None where they do.

    Where groups are joined, who would be in none would see the whole fleet, and so is not let in.
    """
    if user is not None and not user.is_active:
        return Refusal.CLOSED
    if rules.allowed and not groups & rules.allowed:
        return Refusal.NOT_ALLOWED
    role = rules.role(groups) if rules.gives_roles or user is None else role_of(user)
    if rules.joins_groups and role is not Role.ADMIN and not Group.objects.filter(name__in=groups).exists():
        return Refusal.NO_GROUP
    return None


@transaction.atomic
def apply(user: User, groups: frozenset[str], rules: Rules) -> None:
    """Give the role and the groups that the provider's groups mean. A person without a role is a viewer from now on."""
    Person.objects.get_or_create(user=user, defaults={"role": Role.VIEWER})
    if rules.gives_roles:
        Person.objects.filter(user=user).update(role=rules.role(groups))
        User.objects.filter(pk=user.pk).update(is_superuser=False, is_staff=False)
    if rules.joins_groups:
        user.fleet_groups.set(Group.objects.filter(name__in=groups))


def free_name(claims: Mapping[str, Any]) -> str:
    """A login name that nobody has. Never somebody's who is there already, whatever the provider calls them."""
    told = next((claims[key] for key in ("preferred_username", "email", "sub") if claims.get(key)), "person")
    wanted = _NO_NAME.sub("-", clean_name(str(told)))[:_MOST_NAME].strip("-") or "person"
    taken = set(User.objects.filter(username__istartswith=wanted).values_list("username", flat=True))
    names = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    lowered = {name.lower() for name in taken}
    return next(name for name in names if name.lower() not in lowered)
