"""Who looks at a page, and how they want it: name, role, colours and times, for every template.

`viewer` is who; `look` is how, which the browser alone knows, in cookies, so that it costs no query and holds where
nobody is logged in or the database is gone.
"""

from __future__ import annotations

import functools
import zoneinfo
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from reports.people.looking import sees_a_part
from reports.people.roles import Role, may, role_of

THEME_COOKIE: Final = "fleetview_theme"
ZONE_COOKIE: Final = "fleetview_zone"
TIMES_COOKIE: Final = "fleetview_times"
THEMES: Final = ("system", "light", "dark")
TIMES: Final = ("ago", "exact")
UTC_ZONE: Final = "UTC"


@dataclass(frozen=True, slots=True)
class Look:
    """`zone` is one that this machine knows. `times`: "ago" tells how long ago something was, "exact" the moment."""

    theme: str
    zone: str
    times: str


@dataclass(frozen=True, slots=True)
class Viewer:
    """`name` is empty where nobody is logged in. Who sees a part of the fleet is told nothing by hours, but by days."""

    name: str
    role: Role
    is_operator: bool
    is_admin: bool
    sees_a_part: bool
    theme: str
    zone: str


def viewer(request: HttpRequest) -> dict[str, object]:
    """Context processor. Lazy: a page that says the database is gone must not ask it who is there."""
    return {"viewer": SimpleLazyObject(lambda: viewer_of(request)), "look": look_of(request)}


def look_of(request: HttpRequest) -> Look:
    """What the cookies say. One that means nothing counts as none."""
    asked = request.COOKIES
    theme, zone, times = asked.get(THEME_COOKIE, ""), asked.get(ZONE_COOKIE, ""), asked.get(TIMES_COOKIE, "")
    return Look(
        theme=theme if theme in THEMES else THEMES[0],
        zone=zone if zone in zones() else UTC_ZONE,
        times=times if times in TIMES else TIMES[0],
    )


def viewer_of(request: HttpRequest) -> Viewer:
    """What is known of who asks."""
    user, look = getattr(request, "user", None), look_of(request)
    is_known = user is not None and user.is_authenticated
    return Viewer(
        name=user.get_username() if user is not None and is_known else "",
        role=role_of(user) if user is not None and is_known else Role.VIEWER,
        is_operator=user is not None and is_known and may(user, Role.OPERATOR),
        is_admin=user is not None and is_known and may(user, Role.ADMIN),
        sees_a_part=sees_a_part(request),
        theme=look.theme,
        zone=look.zone,
    )


@functools.cache
def zones() -> frozenset[str]:
    """All time zones that this machine knows. Finding them reads folders, which is done once."""
    return frozenset(zoneinfo.available_timezones() | {UTC_ZONE})
