"""One run: what it changed and why, what it said, what it spent its time on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.run import RunStory, find_run
from reports.analysis.runs import RunCounts
from reports.errors import BadQuestion
from reports.pages.asked import name_asked, text_asked
from reports.pages.links import MAIN_SITE, link_to_run, with_query
from reports.pages.page import Page, show
from reports.pages.rows import ChangeRow, RunRow
from reports.pages.words import LOG_LEVELS, Word
from reports.run import LogLine

CHANGES = 500
TIMINGS = 12


@dataclass(frozen=True, slots=True)
class Tally:
    """One counter of the run; `kind` is the CSS class of its colour."""

    label: str
    count: int
    kind: str


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of what the tool said."""

    word: Word
    line: LogLine


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPage(Page):
    """`more_changes` leads to those that this page had no room for."""

    row: RunRow
    message: str | None
    tool_version: str | None
    resources: tuple[Tally, ...]
    causes: tuple[Tally, ...]
    changes: tuple[ChangeRow, ...]
    more_changes: str | None
    logs: tuple[LogRow, ...]
    timings: tuple[tuple[str, float], ...]
    earlier: str | None
    later: str | None


@require_safe
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The page at `/runs/<uuid>/`; `?node=` tells two nodes' runs of the same id apart."""
    return show(request, "run", build_run(run_id, query=request.GET, now=timezone.now()))


def build_run(run_id: UUID, *, query: QueryDict, now: datetime) -> RunPage:
    """Raises NothingFound, and BadQuestion for a `from` that is no number."""
    story = find_run(
        run_id,
        node=name_asked(query, "node"),
        site=name_asked(query, "site"),
        from_ordinal=_from_ordinal(query),
        max_changes=CHANGES,
    )
    return RunPage(
        title=f"Run of {story.run.node}",
        section="runs",
        now=now,
        row=RunRow.of(story.run),
        message=story.message,
        tool_version=story.tool_version,
        resources=_resources(story.run.counts),
        causes=_causes(story.run.counts),
        changes=tuple(ChangeRow.of(change) for change in story.changes),
        more_changes=_more_changes(story),
        logs=tuple(LogRow(LOG_LEVELS[line.level], line) for line in story.logs),
        timings=tuple(sorted(story.timings, key=lambda timing: -timing[1])[:TIMINGS]),
        earlier=_link(story, story.previous_id),
        later=_link(story, story.next_id),
    )


def _from_ordinal(query: QueryDict) -> int:
    asked = text_asked(query, "from") or "0"
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        raise BadQuestion("from: the place of a change within the run, counted from 0")
    return int(asked)


def _more_changes(story: RunStory) -> str | None:
    if story.next_ordinal is None:
        return None
    site = None if story.run.site == MAIN_SITE else story.run.site
    return with_query("", {"node": story.run.node, "site": site, "from": story.next_ordinal})


def _link(story: RunStory, neighbour: UUID | None) -> str | None:
    """The page of another run of the same node."""
    return link_to_run(neighbour, node=story.run.node, site=story.run.site) if neighbour else None


def _resources(counts: RunCounts) -> tuple[Tally, ...]:
    return (
        Tally("failed", counts.failed, "failed"),
        Tally("changed", counts.changed, "changed"),
        Tally("pending", counts.pending, "pending"),
        Tally("skipped", counts.skipped, "skipped"),
        Tally("unchanged", counts.unchanged, "unchanged"),
        Tally("in all", counts.total, "all"),
    )


def _causes(counts: RunCounts) -> tuple[Tally, ...]:
    """Only those that occur: most runs have none, and most of the others one."""
    tallies = (
        Tally("correction" if counts.corrective == 1 else "corrections", counts.corrective, "corrected"),
        Tally("intended", counts.intended, "changed"),
        Tally("first build", counts.first_build, "first_build"),
        Tally("repeated", counts.repeated, "repeated"),
        Tally("triggered", counts.triggered, "triggered"),
        Tally("of unknown cause", counts.unknown, "unknown"),
    )
    return tuple(tally for tally in tallies if tally.count)
