"""One search over nodes, runs and resources; and what completes the words of a query while it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.completion import Completions, complete
from reports.analysis.found import Answer, Found, FoundNode, FoundResource, search_all
from reports.analysis.runs import RunLine
from reports.errors import BadQuery, BadQuestion
from reports.pages.links import MAIN_SITE, link_to_node, link_to_resource, with_query
from reports.pages.page import Page, show
from reports.pages.query_field import ALL, QueryField, QueryProblem
from reports.pages.rows import RunRow
from reports.pages.search_help import KeyTable, key_tables
from reports.pages.words import STATUSES, Word
from reports.people.notes import Noted, find_noted

MOST_CHARACTERS: Final = 2000
_SUBJECTS: Final = ("nodes", "runs", "resources")


@dataclass(frozen=True, slots=True)
class FoundNodeRow:
    """A node that was found. `site` is None in the main one."""

    node: FoundNode
    word: Word
    link: str
    site: str | None

    @classmethod
    def of(cls, node: FoundNode) -> FoundNodeRow:
        site = None if node.site == MAIN_SITE else node.site
        return cls(node, STATUSES[node.status], link_to_node(node.name, site=node.site), site)


@dataclass(frozen=True, slots=True)
class FoundResourceRow:
    """A resource that was found."""

    found: FoundResource
    link: str

    @classmethod
    def of(cls, found: FoundResource) -> FoundResourceRow:
        return cls(found, link_to_resource(found.resource.name))


@dataclass(frozen=True, slots=True)
class Section:
    """What was found of one subject. `all_link`: the list with the same query; None where there is no such list."""

    subject: str
    title: str
    rows: tuple[FoundNodeRow | RunRow | FoundResourceRow, ...]
    left_out: str | None
    has_more: bool
    all_link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """`best` leads: what goes by the query as its whole name or id. `tables` is the help."""

    field: QueryField
    best_nodes: tuple[FoundNodeRow, ...]
    best_runs: tuple[RunRow, ...]
    sections: tuple[Section, ...]
    runs_since: datetime | None
    noted: Noted
    tables: tuple[KeyTable, ...]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The page at `/search/`; 400 where a word of the query means nothing, with the word marked."""
    page = build_search(request.GET, timezone.now())
    return show(request, "search", page, status=400 if page.field.problem else 200)


@require_safe
def complete_query(request: HttpRequest) -> HttpResponse:
    """The fragment at `/search/complete/`: options for the field that asks."""
    text, at = request.GET.get("q", ""), request.GET.get("at", "")
    if len(text) > MOST_CHARACTERS:
        raise BadQuestion(f"q: {MOST_CHARACTERS:,} characters at most")
    if not (at.isascii() and at.isdigit() and len(at) < 6):
        raise BadQuestion("at: the place of the caret in q, a whole number")
    page = CompletionsPage(
        title="Completions", section="", now=timezone.now(), found=complete(text, int(at), request.GET.get("of", ALL))
    )
    return show(request, "parts/completions", page)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionsPage(Page):
    """Options, and what they stand for."""

    found: Completions


def build_search(query: QueryDict, now: datetime) -> SearchPage:
    """Shows a query that means nothing, too: with the word marked, and nothing found."""
    text = query.get("q", "")
    problem, found = None, None
    try:
        found = search_all(text, now) if text.strip() else None
    except BadQuery as error:
        problem = QueryProblem.of(text, error)
    return SearchPage(
        title=f"Search: {text}" if found else "Search",
        section="search",
        now=now,
        field=QueryField(ALL, text, problem),
        best_nodes=tuple(map(FoundNodeRow.of, found.exact_nodes)) if found else (),
        best_runs=tuple(map(RunRow.of, found.exact_runs)) if found else (),
        sections=_sections(text, found) if found else (),
        runs_since=found.runs_since if found else None,
        noted=_find_noted(found, now) if found else Noted(),
        tables=key_tables(),
    )


def _find_noted(found: Found, now: datetime) -> Noted:
    nodes = {node.node_id for node in (*found.exact_nodes, *found.nodes.rows)}
    nodes |= {run.node_id for run in (*found.exact_runs, *found.runs.rows)}
    return find_noted(now, nodes=nodes, resources={one.resource.id for one in found.resources.rows})


def _sections(text: str, found: Found) -> tuple[Section, ...]:
    return (
        _section("nodes", text, found.nodes, tuple(map(FoundNodeRow.of, found.nodes.rows))),
        _section("runs", text, found.runs, tuple(map(RunRow.of, found.runs.rows))),
        _section("resources", text, found.resources, tuple(map(FoundResourceRow.of, found.resources.rows))),
    )


def _section(
    subject: str,
    text: str,
    answer: Answer[FoundNode] | Answer[RunLine] | Answer[FoundResource],
    rows: tuple[FoundNodeRow, ...] | tuple[RunRow, ...] | tuple[FoundResourceRow, ...],
) -> Section:
    return Section(subject, subject.capitalize(), rows, answer.left_out, answer.has_more, _link_to_list(subject, text))


def _link_to_list(subject: str, text: str) -> str | None:
    try:
        return with_query(reverse(subject), {"q": text})
    except NoReverseMatch:
        return None
