"""The windows that lists of runs and changes are looked at through."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.http import QueryDict

from reports.errors import BadQuestion
from reports.pages.asked import text_asked
from reports.pages.links import with_query

WINDOWS: Final = {"1": "last 24 hours", "7": "last 7 days", "30": "last 30 days", "all": "all that is kept"}
USUAL_WINDOW: Final = "7"  # a filter that nothing passes reads the whole window before it can say so


def read_window(query: QueryDict) -> str:
    """How far back to look: days, or all."""
    window = text_asked(query, "window") or USUAL_WINDOW
    if window not in WINDOWS:
        raise BadQuestion(f"window: choose from {', '.join(WINDOWS)}")
    return window


def start_of(window: str, now: datetime) -> datetime | None:
    """The first moment that is looked at; None: there is none."""
    return None if window == "all" else now - timedelta(days=int(window))


def widen(query: QueryDict) -> str:
    """The same question over everything that is kept."""
    asked = {name: query.getlist(name) for name in query if name not in {"cursor", "window"}}
    return with_query("", {**asked, "window": "all"})
