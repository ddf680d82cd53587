"""The frame around every page: where its navigation and the menu of the person lead, told as data."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from reports.people.roles import Role, may


@dataclass(frozen=True, slots=True)
class Place:
    """A page that the frame leads to, by the name of its URL. `section` is what its `Page` says of itself.

    `least`: who it is for; nobody below that role is shown the way.
    """

    url_name: str
    label: str
    least: Role = Role.VIEWER

    @property
    def section(self) -> str:
        return self.url_name

    @property
    def address(self) -> str:
        return _find(self.url_name)


NAVIGATION: Final = (
    Place("overview", "Overview"),
    Place("hotspots", "Hotspots"),
    Place("nodes", "Nodes"),
    Place("runs", "Runs"),
    Place("changes", "Changes"),
    Place("resources", "Resources"),
    Place("incident", "Incident"),
    Place("briefs", "Briefs"),
    Place("intake", "Intake"),
)
MENU: Final = (
    Place("account", "Your account"),
    Place("views", "Saved views"),
    Place("notes", "Notes"),
    Place("tokens", "Tokens"),
    Place("people", "People", Role.ADMIN),
    Place("groups", "Groups", Role.ADMIN),
    Place("audit", "Audit log", Role.ADMIN),
    Place("wall", "Wall display"),
    Place("display", "Colours and time"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """`here` is where a form of the frame comes back to."""

    navigation: tuple[Place, ...]
    menu: tuple[Place, ...]
    here: str


def frame(request: HttpRequest) -> dict[str, object]:
    """Context processor. Lazy, for a page without the frame must not ask who is there."""
    return {"frame": SimpleLazyObject(lambda: frame_of(request))}


def frame_of(request: HttpRequest) -> Frame:
    """What this person is shown."""
    return Frame(
        navigation=NAVIGATION,
        menu=tuple(place for place in MENU if may(request.user, place.least)),
        here=request.get_full_path(),
    )


@functools.cache
def _find(url_name: str) -> str:
    """The path of a page, found once: each page asks for all of them."""
    return reverse(url_name)
