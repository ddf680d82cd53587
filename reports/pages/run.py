"""One run: what it changed and why, what is different from the run before, what it said, what it spent its time on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.run import ComparedRun, RunStory, WantedChanges, compare_run
from reports.analysis.run_pair import RunName
from reports.analysis.run_resources import ResourceList
from reports.errors import BadQuestion
from reports.pages.asked import Tab, name_asked, text_asked, turn_tabs, words_asked
from reports.pages.links import link_to_comparison, link_to_run
from reports.pages.page import Page, show
from reports.pages.rows import ChangeRow, RunRow
from reports.pages.run_difference import DifferencePart, tell_run_difference
from reports.pages.run_logs import LogPart, choose_logs
from reports.pages.run_tallies import Tally, narrow, tally_causes, tally_resources
from reports.pages.run_timings import TimingPart, tell_timings
from reports.run import Cause, Status

CHANGES = 100
ONLY_CHANGES, EVERYTHING = "changes", "all"
CHANGED = frozenset({Status.SUCCESS, Status.FAILED, Status.PENDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPage(Page):
    """`is_narrowed` where only some causes or statuses are asked for; `everything` leads to all that the run looked at.

    `skipped` and `unchanged` are those resources that are not shown. `more_changes` leads to the changes that this page
    had no room for. Once everything is asked for, `quiet` names the resources found in sync, and `passed_over` counts
    the skipped ones that the tool does not name.
    """

    row: RunRow
    message: str | None
    first_failed: ChangeRow | None
    tool_version: str | None
    resources: tuple[Tally, ...]
    causes: tuple[Tally, ...]
    switch: tuple[Tab, ...]
    everything: str
    is_narrowed: bool
    is_continued: bool
    skipped: int
    unchanged: int
    changes: tuple[ChangeRow, ...]
    more_changes: str | None
    quiet: ResourceList | None
    passed_over: int
    difference: DifferencePart | None
    logs: LogPart
    timings: TimingPart
    earlier: str | None
    later: str | None
    compare_earlier: str | None
    compare_later: str | None


@require_safe
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The page at `/runs/<uuid>/`; `?node=` tells two nodes' runs of the same id apart."""
    return show(request, "run", build_run(run_id, query=request.GET, now=timezone.now()))


def build_run(run_id: UUID, *, query: QueryDict, now: datetime) -> RunPage:
    """Raises NothingFound, and BadQuestion for what a parameter cannot be."""
    wanted = read_wanted(query)
    shows_all = _show(query) == EVERYTHING
    compared = compare_run(
        run_id,
        node=name_asked(query, "node"),
        site=name_asked(query, "site"),
        wanted=wanted,
        names_unchanged=shows_all,
    )
    return _lay(compared, query=query, wanted=wanted, now=now)


def read_wanted(query: QueryDict) -> WantedChanges:
    """Which changes the page is asked for; what was skipped is left out until everything is."""
    statuses = words_asked(query, "status", Status)
    causes = words_asked(query, "cause", Cause)
    if not statuses and not causes and _show(query) == ONLY_CHANGES:
        statuses = CHANGED
    return WantedChanges(causes=causes, statuses=statuses, from_ordinal=_from_ordinal(query), limit=CHANGES)


def _lay(compared: ComparedRun, *, query: QueryDict, wanted: WantedChanges, now: datetime) -> RunPage:
    story, shows_all = compared.story, _show(query) == EVERYTHING
    counts = story.run.counts
    is_narrowed = bool(wanted.causes) or bool(wanted.statuses and wanted.statuses != CHANGED)
    return RunPage(
        title=f"Run of {story.run.node}",
        section="runs",
        now=now,
        row=RunRow.of(story.run),
        message=story.message,
        first_failed=ChangeRow.of(compared.first_failed) if compared.first_failed else None,
        tool_version=story.tool_version,
        resources=tally_resources(counts, query),
        causes=tally_causes(counts, query),
        switch=turn_tabs(_from_the_start(query), "show", _switch(), chosen=EVERYTHING if shows_all else None),
        everything=narrow(query, {"show": EVERYTHING}),
        is_narrowed=is_narrowed,
        is_continued=wanted.from_ordinal > 0,
        skipped=0 if shows_all else counts.skipped,
        unchanged=0 if shows_all else counts.unchanged,
        changes=tuple(ChangeRow.of(change) for change in story.changes),
        more_changes=narrow(query, {"from": story.next_ordinal}, keeps=True) if story.next_ordinal else None,
        quiet=compared.resources.unchanged if shows_all and not is_narrowed and not story.next_ordinal else None,
        passed_over=max(0, counts.skipped - compared.resources.skipped) if shows_all else 0,
        difference=tell_run_difference(compared),
        logs=choose_logs(story.logs, query),
        timings=tell_timings(compared),
        earlier=_link(story, story.previous_id),
        later=_link(story, story.next_id),
        compare_earlier=_compare(story, story.previous_id, is_earlier=True),
        compare_later=_compare(story, story.next_id, is_earlier=False),
    )


def _switch() -> dict[str | None, str]:
    return {None: "Only changes", EVERYTHING: "Everything"}


def _show(query: QueryDict) -> str:
    asked = text_asked(query, "show") or ONLY_CHANGES
    if asked not in {ONLY_CHANGES, EVERYTHING}:
        raise BadQuestion(f"show: choose from {ONLY_CHANGES}, {EVERYTHING}")
    return asked


def _from_the_start(query: QueryDict) -> QueryDict:
    """The same page from its first change on, not narrowed."""
    turned = query.copy()
    for name in ("from", "cause", "status"):
        turned.pop(name, None)
    return turned


def _from_ordinal(query: QueryDict) -> int:
    asked = text_asked(query, "from") or "0"
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        raise BadQuestion("from: the place of a change within the run, counted from 0")
    return int(asked)


def _link(story: RunStory, neighbour: UUID | None) -> str | None:
    """The page of another run of the same node."""
    return link_to_run(neighbour, node=story.run.node, site=story.run.site) if neighbour else None


def _compare(story: RunStory, neighbour: UUID | None, *, is_earlier: bool) -> str | None:
    """The comparison with another run of the same node, the older one first."""
    if neighbour is None:
        return None
    here, there = RunName.of(story.run), RunName(neighbour, story.run.node, story.run.site)
    return link_to_comparison(there, here) if is_earlier else link_to_comparison(here, there)
