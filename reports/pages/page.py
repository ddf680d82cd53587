"""What every page has, and the one way to show it: in the viewer's time zone."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports.pages.viewer import look_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The frame: the title, the place in the navigation, and the moment that relative times are told from."""

    title: str
    section: str
    now: datetime


def show(request: HttpRequest, template: str, page: Page, *, status: int = 200) -> HttpResponse:
    """The page as HTML. Never stored by a cache on the way: everything here needs a login."""
    response = render_page(request, template, page, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def render_page(request: HttpRequest, template: str, page: Page, *, status: int = 200) -> HttpResponse:
    """The template filled. The viewer's zone holds while that is done and not a moment longer: queries cut UTC days."""
    with timezone.override(zoneinfo.ZoneInfo(look_of(request).zone)):
        return render(request, f"{template}.html", {"page": page}, status=status)


def is_part(request: HttpRequest) -> bool:
    """Whether htmx asks, for a part of the page that the browser shows already."""
    return request.headers.get("HX-Request") == "true"
