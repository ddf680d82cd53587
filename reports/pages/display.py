"""How pages look to one browser: colours, time zone, and whether times are told as ages. Kept in its cookies."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from reports.errors import BadQuestion
from reports.pages.page import Page, show
from reports.pages.viewer import THEME_COOKIE, THEMES, TIMES, TIMES_COOKIE, ZONE_COOKIE, zones

KEPT_FOR: Final = timedelta(days=365)

# What may be chosen: the field of the form, its cookie, and its values.
CHOICES: Final[tuple[tuple[str, str, Callable[[], Collection[str]]], ...]] = (
    ("theme", THEME_COOKIE, lambda: THEMES),
    ("zone", ZONE_COOKIE, zones),
    ("times", TIMES_COOKIE, lambda: TIMES),
)


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the world, and its zones: the name that is sent, and the one that is read."""

    name: str
    zones: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayPage(Page):
    """What is chosen now is in the template's `look`."""

    regions: tuple[Region, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """The page at `/display/`; and the forms there and in the menu, which send one choice or several."""
    if request.method != "POST":
        page = DisplayPage(title="Colours and time", section="display", now=timezone.now(), regions=find_regions())
        return show(request, "display", page)
    response = HttpResponseRedirect(_way_back(request))
    for field, cookie, values in CHOICES:
        if (chosen := request.POST.get(field)) is not None:
            if chosen not in values():
                raise BadQuestion(f"{field}: there is no such choice as “{chosen[:60]}”")
            response.set_cookie(
                cookie, chosen, max_age=KEPT_FOR, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE)
            )
    return response


def find_regions() -> tuple[Region, ...]:
    """The zones that have a place in their name, by region; the others are older names of the same."""
    places = sorted(zone for zone in zones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "US/")))
    return tuple(
        Region(region, tuple((zone, zone.partition("/")[2].replace("_", " ")) for zone in of_region))
        for region, of_region in itertools.groupby(places, lambda zone: zone.partition("/")[0])
    )


def _way_back(request: HttpRequest) -> str:
    """Where the form stood; never another host."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if is_ours else reverse("display")
