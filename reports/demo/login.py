"""A ready login for the demo: an admin, so that everything can be looked at."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from reports.people.accounts import give_role
from reports.people.roles import Role

NAME = "demo"


def premiere_at(now: datetime) -> datetime:
    """When the demo was first shown on this data, to the second; now, where it never was.

    The user's own date remembers it, so that it lives and dies with the reports that it dates.
    """
    user, _ = get_user_model().objects.get_or_create(
        username=NAME, defaults={"date_joined": now.replace(microsecond=0), "password": make_password(None)}
    )
    joined: datetime = user.date_joined
    return joined.replace(microsecond=0)


def renew_login() -> str:
    """Make the user, or let it in again under a new password: the demo may be on a network, so no password is fixed."""
    password = secrets.token_urlsafe(9)
    user, _ = get_user_model().objects.get_or_create(username=NAME)
    user.set_password(password)
    user.save(update_fields=["password"])
    give_role(user, Role.ADMIN)
    return password
