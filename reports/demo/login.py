"""A ready login for the demo."""

from __future__ import annotations

import secrets

from django.contrib.auth import get_user_model

NAME = "demo"


def renew_login() -> str:
    """Make the user, or let it in again under a new password: the demo may be on a network, so no password is fixed."""
    password = secrets.token_urlsafe(9)
    user, _ = get_user_model().objects.get_or_create(username=NAME)
    user.set_password(password)
    user.save(update_fields=["password"])
    return password
