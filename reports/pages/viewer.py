"""Who looks at a page, and how they want it: name, role, colours and time zone, for every template as `viewer`."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from reports.people.roles import Role, may, role_of

THEME_COOKIE: Final = "fleetview_theme"
ZONE_COOKIE: Final = "fleetview_zone"
THEMES: Final = ("system", "light", "dark")


@dataclass(frozen=True, slots=True)
class Viewer:
    """`name` is empty where nobody is logged in. Theme and zone are the browser's, kept in cookies: no query."""

    name: str
    role: Role
    is_operator: bool
    is_admin: bool
    theme: str
    zone: str


def viewer(request: HttpRequest) -> dict[str, object]:
    """Context processor. Lazy: a page that says the database is gone must not ask it who is there."""
    return {"viewer": SimpleLazyObject(lambda: viewer_of(request))}


def viewer_of(request: HttpRequest) -> Viewer:
    """What is known of who asks. A cookie that means nothing counts as none."""
    user = getattr(request, "user", None)
    theme, zone = request.COOKIES.get(THEME_COOKIE, ""), request.COOKIES.get(ZONE_COOKIE, "")
    is_known = user is not None and user.is_authenticated
    return Viewer(
        name=user.get_username() if user is not None and is_known else "",
        role=role_of(user) if user is not None and is_known else Role.VIEWER,
        is_operator=user is not None and is_known and may(user, Role.OPERATOR),
        is_admin=user is not None and is_known and may(user, Role.ADMIN),
        theme=theme if theme in THEMES else "system",
        zone=zone if zone in zoneinfo.available_timezones() else "UTC",
    )
