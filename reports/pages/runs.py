"""The list of runs, newest first, within a window."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.choices import list_choices
from reports.analysis.runs import RunFilter, list_runs
from reports.pages.asked import Choice, Filter, Pager, drop_down, moment_asked, text_asked, turn_pages, words_asked
from reports.pages.page import Page, show
from reports.pages.rows import RunRow
from reports.pages.windows import WINDOWS, read_window, start_of, widen
from reports.pages.words import OUTCOMES, Word
from reports.run import Outcome

LINES = 100


@dataclass(frozen=True, slots=True)
class OutcomeBox:
    """One outcome to tick."""

    word: Word
    choice: Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsPage(Page):
    """`since` and `until` are shown where the query string names them instead of a window."""

    node: str
    outcomes: tuple[OutcomeBox, ...]
    filters: tuple[Filter, ...]
    since: datetime | None
    until: datetime | None
    window: str
    wider: str
    rows: tuple[RunRow, ...]
    pager: Pager


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """The page at `/runs/`."""
    return show(request, "runs", build_runs(request.GET, timezone.now()))


def build_runs(query: QueryDict, now: datetime) -> RunsPage:
    """Raises BadQuestion for a filter or cursor that means nothing."""
    wanted, window = read_filter(query), read_window(query)
    is_exact = bool(wanted.since or wanted.until)
    if not is_exact:
        wanted = replace(wanted, since=start_of(window, now))
    found = list_runs(wanted, now, cursor=text_asked(query, "cursor"), limit=LINES)
    return RunsPage(
        title="Runs",
        section="runs",
        now=now,
        node=wanted.node or "",
        outcomes=tuple(_box(outcome, wanted) for outcome in sorted(Outcome, reverse=True)),
        filters=_filters(wanted, window),
        since=wanted.since if is_exact else None,
        until=wanted.until,
        window=WINDOWS[window],
        wider="" if window == "all" or is_exact else widen(query),
        rows=tuple(RunRow.of(run) for run in found.rows),
        pager=turn_pages(query, found),
    )


def read_filter(query: QueryDict) -> RunFilter:
    """What the query string asks for, but for the window."""
    return RunFilter(
        site=text_asked(query, "site"),
        node=text_asked(query, "node"),
        tool=text_asked(query, "tool"),
        environment=text_asked(query, "environment"),
        outcomes=words_asked(query, "outcome", Outcome),
        since=moment_asked(query, "since"),
        until=moment_asked(query, "until"),
    )


def _box(outcome: Outcome, wanted: RunFilter) -> OutcomeBox:
    word = OUTCOMES[outcome]
    return OutcomeBox(word, Choice(outcome.name.lower(), word.label, outcome in wanted.outcomes))


def _filters(wanted: RunFilter, window: str) -> tuple[Filter, ...]:
    """A site is worth a filter only where there are several."""
    choices = list_choices()
    asked = (
        drop_down("environment", "Environment", choices.environments, chosen=wanted.environment),
        drop_down("tool", "Tool", choices.tools, chosen=wanted.tool),
        drop_down("site", "Site", choices.sites, chosen=wanted.site),
    )
    return (*(asked if len(asked[2].choices) > 1 else asked[:2]), drop_down("window", "Window", WINDOWS, chosen=window))
