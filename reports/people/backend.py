"""How Django finds who is logged in: with the person's role and groups in the same query."""

from __future__ import annotations

import functools

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from reports.people.tables import Group


class PersonBackend(ModelBackend):
    """Django's own, but that the user of each request comes with `person`, and with `group_sights` for sight.py."""

    def get_user(self, user_id: int) -> User | None:
        """The user, if it may log in; one query."""
        user = find_person(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None


def find_person(user_id: int) -> User | None:
    """A login with its role, and of each of its groups the id and whether it sees all."""
    return _people().filter(pk=user_id).first()


@functools.cache
def _people() -> QuerySet[User]:
    """The question without whom it is about: put together once, for every page asks it."""
    groups = Group.objects.filter(members=OuterRef("pk")).order_by("id")
    sights = ArraySubquery(groups.values(sight=JSONObject(id="id", sees_all="sees_all")))
    return User.objects.select_related("person").annotate(group_sights=sights)
