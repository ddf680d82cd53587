"""What the query string of the page of hotspots asks for, and the same question turned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import QueryDict
from django.urls import reverse

from reports.analysis.choices import Choices
from reports.analysis.hotspots import HotspotFilter
from reports.analysis.ranking import SUBJECTS, By, Order, narrow
from reports.analysis.window import Window, chosen_days, last_days, last_hours
from reports.errors import BadQuestion
from reports.pages.asked import Filter, Tab, drop_down, moment_asked, name_asked, text_asked, turn_tabs, words_asked
from reports.pages.links import with_query
from reports.pages.query_field import query_asked
from reports.pages.words import PATTERNS
from reports.run import Pattern

WINDOWS: Final[dict[str | None, str]] = {"24h": "24 hours", "7d": "7 days", "30d": "30 days", "90d": "90 days"}
USUAL_WINDOW: Final = "7d"
BY: Final[dict[str | None, str]] = {"node": "nodes", "resource": "resources", "environment": "environments"}
ORDERS: Final[dict[str | None, str]] = {"heat": "hottest", "risk": "likeliest next"}


@dataclass(frozen=True, slots=True)
class Question:
    """What to rank, in which order, and what of it. `window` is the name of the span; None where it is chosen."""

    by: By
    order: Order
    window: str | None
    wanted: HotspotFilter

    @property
    def span(self) -> Window:
        return self.wanted.window

    @property
    def is_filtered(self) -> bool:
        """Whether less is asked than the whole fleet in this window."""
        return self.wanted != HotspotFilter(self.span)

    def link(self, **asked: object) -> str:
        """The page over the same span, asking for this and nothing else."""
        span = {"window": self.window} if self.window else span_query(self.span)
        return with_query(reverse("hotspots"), {**asked, **span})


def read_question(query: QueryDict, now: datetime) -> Question:
    """Raises BadQuestion for a word that means nothing, BadQuery for one of `q`. Filters that do not apply to what is
    ranked are left aside."""
    by = By(_word(query, "by", BY, "node"))
    order = Order(_word(query, "order", ORDERS, "heat")) if by is By.NODE else Order.HEAT
    window, span = _read_window(query, now)
    patterns = words_asked(query, "pattern", Pattern)
    if len(patterns) > 1:
        raise BadQuestion("pattern: one at a time")
    of_nodes = by is By.NODE
    wanted = HotspotFilter(
        window=span,
        environment=name_asked(query, "environment"),
        site=text_asked(query, "site") if of_nodes else None,
        tool=text_asked(query, "tool") if of_nodes else None,
        pattern=next(iter(patterns), None) if by is not By.ENVIRONMENT else None,
    )
    asked = query_asked(query, SUBJECTS[by])
    return Question(by, order, window, narrow(wanted, by, asked, now) if asked else wanted)


def read_without_query(query: QueryDict, now: datetime) -> Question:
    """The same without `q`, a word of which means nothing."""
    without = query.copy()
    without.pop("q", None)
    return read_question(without, now)


def filters_of(question: Question, choices: Choices) -> tuple[Filter, ...]:
    """Those that apply to what is ranked; a site is worth one only where there are several."""
    wanted = question.wanted
    filters = [drop_down("environment", "Environment", choices.environments, chosen=wanted.environment)]
    if question.by is By.NODE:
        filters.append(drop_down("tool", "Tool", choices.tools, chosen=wanted.tool))
        if len(choices.sites) > 1 or wanted.site:
            filters.append(drop_down("site", "Site", choices.sites, chosen=wanted.site))
    if question.by is not By.ENVIRONMENT:
        chosen = wanted.pattern.name.lower() if wanted.pattern else None
        labels = {pattern.name.lower(): PATTERNS[pattern].label for pattern in Pattern}
        filters.append(drop_down("pattern", "Pattern", labels, chosen=chosen))
    return tuple(filters)


def hidden_of(question: Question) -> tuple[tuple[str, str], ...]:
    """What tabs have chosen, and the form has no field for."""
    chosen = {"by": question.by.value, "window": question.window}
    if question.order is not Order.HEAT:
        chosen["order"] = question.order.value
    return tuple((name, value) for name, value in chosen.items() if value)


def window_tabs(query: QueryDict, question: Question) -> tuple[Tab, ...]:
    """The page over each of the usual spans."""
    usual = query.copy()
    for name in ("since", "until"):
        usual.pop(name, None)
    return turn_tabs(usual, "window", WINDOWS, chosen=question.window)


def span_query(span: Window) -> dict[str, object]:
    """The span as lists of runs and changes are asked for it; one that reaches up to now needs no end."""
    if span.is_whole_days:
        return {"since": span.first_day, "until": None if span.is_current else span.end_day}
    return {"since": span.since.isoformat(), "until": None if span.is_current else span.until.isoformat()}


def _read_window(query: QueryDict, now: datetime) -> tuple[str | None, Window]:
    since, until = moment_asked(query, "since"), moment_asked(query, "until")
    if since or until:
        return None, chosen_days(since, until, now)
    window = _word(query, "window", WINDOWS, USUAL_WINDOW)
    return window, last_hours(24, now) if window == "24h" else last_days(int(window.removesuffix("d")), now)


def _word(query: QueryDict, name: str, known: dict[str | None, str], usual: str) -> str:
    word = text_asked(query, name) or usual
    if word not in known:
        raise BadQuestion(f"{name}: choose from {', '.join(map(str, known))}")
    return word
