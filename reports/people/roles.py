"""What a person may do. Each role may all that the one before it may."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Role(models.TextChoices):
    """Least first."""

    VIEWER = "viewer"  # reads everything it can see, and keeps views and read tokens of its own
    OPERATOR = "operator"  # writes notes, mutes, replays refused reports, makes tokens for senders
    ADMIN = "admin"  # people, groups, all tokens, the audit log


_ORDER: Final = tuple(Role)


def role_of(user: AbstractBaseUser | AnonymousUser) -> Role:
    """The role of who is logged in. Costs no query where `backend.PersonBackend` loaded the user."""
    if getattr(user, "is_superuser", False):
        return Role.ADMIN
    person = getattr(user, "person", None)
    return Role(person.role) if person else Role.VIEWER


def may(user: AbstractBaseUser | AnonymousUser, least: Role) -> bool:
    """Whether this person's role is `least` or more."""
    return _ORDER.index(role_of(user)) >= _ORDER.index(least)


def needs(least: Role) -> Callable[[View], View]:
    """Decorator of a view: everybody below this role is answered with 403 and what role it takes."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - any view
            if not may(request.user, least):
                raise PermissionDenied(f"This takes the role {least.label.lower()}; yours is {role_of(request.user)}.")
            return view(request, *args, **kwargs)

        return cast("View", guarded)

    return decorate
