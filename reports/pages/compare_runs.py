"""Two runs head to head: how each ended, what only one looked at, changed or failed at, and what took longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.nearest_run import find_nearest_run
from reports.analysis.node import only_site
from reports.analysis.run_pair import RunName, compare_two_runs
from reports.errors import BadQuestion
from reports.pages.asked import name_asked, text_asked
from reports.pages.links import link_to_comparison
from reports.pages.page import Page, show
from reports.pages.run_pair import RunPairPart, tell_run_pair

PICK: Final = "pick"  # a run ticked in a list


@dataclass(frozen=True, slots=True)
class SideField:
    """What the form holds of one of the two runs."""

    side: str
    run: str
    node: str
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareRunsPage(Page):
    """`part` is None until two runs are named."""

    sides: tuple[SideField, ...]
    part: RunPairPart | None


@require_safe
def compare_runs(request: HttpRequest) -> HttpResponse:
    """The page at `/compare/runs/`. Two runs ticked in a list, or a run and a node, lead to the address that lasts."""
    query = request.GET
    if PICK in query:
        return HttpResponseRedirect(_address_of_picked(query.getlist(PICK)))
    a, b, node = read_run(query, "a"), read_run(query, "b"), name_asked(query, "b_node")
    if a and node and not b:
        site = name_asked(query, "b_site") or only_site(node, parameter="b_site")
        return HttpResponseRedirect(link_to_comparison(a, find_nearest_run(a, node=node, site=site)))
    return show(request, "compare_runs", build_compare_runs(query, timezone.now()))


def build_compare_runs(query: QueryDict, now: datetime) -> CompareRunsPage:
    """Raises NothingFound, and BadQuestion for what no run can be, or for a run and itself."""
    a, b = read_run(query, "a"), read_run(query, "b")
    return CompareRunsPage(
        title="Compare two runs",
        section="runs",
        now=now,
        sides=tuple(_side(query, side) for side in ("a", "b")),
        part=tell_run_pair(compare_two_runs(a, b)) if a and b else None,
    )


def read_run(query: QueryDict, side: str) -> RunName | None:
    """The run that one side of the query names; None where it names none."""
    text = text_asked(query, side)
    if text is None:
        return None
    return RunName(_read_id(side, text), name_asked(query, f"{side}_node"), name_asked(query, f"{side}_site"))


def _address_of_picked(picked: list[str]) -> str:
    """Lists have the newest first; the older one is told first."""
    if len(picked) != 2:
        raise BadQuestion(f"{PICK}: tick two runs to compare them; this is {len(picked)}")
    newer, older = (_read_pick(text) for text in picked)
    return link_to_comparison(older, newer)


def _read_pick(text: str) -> RunName:
    told = dict(parse_qsl(text))
    return RunName(_read_id(PICK, told.get("id", "")), told.get("node"), told.get("site"))


def _read_id(name: str, text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as unreadable:
        raise BadQuestion(f"{name}: the id of a run is a UUID, as its page shows it") from unreadable


def _side(query: QueryDict, side: str) -> SideField:
    return SideField(side, query.get(side, ""), query.get(f"{side}_node", ""), query.get(f"{side}_site", ""))
