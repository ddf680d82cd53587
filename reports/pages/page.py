"""What every page has, and the one way to show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The frame: the title, the place in the navigation, and the moment that relative times are told from."""

    title: str
    section: str
    now: datetime


def show(request: HttpRequest, template: str, page: Page, *, status: int = 200) -> HttpResponse:
    """The page as HTML. Never stored by a cache on the way: everything here needs a login."""
    response = render(request, f"{template}.html", {"page": page}, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
