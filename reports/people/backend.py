"""How Django finds who is logged in: with the person's role and groups in the same query."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from reports.people.tables import Group


class PersonBackend(ModelBackend):
    """Django's own, but that the user of each request comes with `person` and `group_ids` (of reports.people)."""

    def get_user(self, user_id: int) -> User | None:
        """The user, if it may log in; one query."""
        groups = Group.objects.filter(members=OuterRef("pk")).order_by("id").values("id")
        user = (
            User.objects.select_related("person").annotate(group_ids=ArraySubquery(groups)).filter(pk=user_id).first()
        )
        return user if user is not None and self.user_can_authenticate(user) else None
