"""Two nodes side by side: why are they not the same?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.node import only_site
from reports.analysis.node_pair import NodeName, compare_two_nodes, suggest_nodes
from reports.pages.asked import name_asked
from reports.pages.links import link_to_node_comparison
from reports.pages.listing import export_links
from reports.pages.node_pair import NodePairPart, tell_node_pair
from reports.pages.node_pair_question import NodePairQuestion, read_question
from reports.pages.page import Page, show


@dataclass(frozen=True, slots=True)
class NodeField:
    """What the form holds of one of the two nodes."""

    side: str
    name: str
    site: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A node of the same role and environment, and the comparison with it."""

    name: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareNodesPage(Page):
    """`part` is None until two nodes are named; with one of them, `suggestions` are others to hold it against."""

    sides: tuple[NodeField, ...]
    question: NodePairQuestion
    suggestions: tuple[Suggestion, ...]
    part: NodePairPart | None
    exports: tuple[tuple[str, str], ...]


@require_safe
def compare_nodes(request: HttpRequest) -> HttpResponse:
    """The page at `/compare/nodes/`."""
    return show(request, "compare_nodes", build_compare_nodes(request.GET, timezone.now()))


def build_compare_nodes(query: QueryDict, now: datetime) -> CompareNodesPage:
    """Raises NothingFound, and BadQuestion for a node and itself, or a name that several sites have."""
    question = read_question(query)
    a, b = read_node(query, "a"), read_node(query, "b")
    return CompareNodesPage(
        title="Compare two nodes",
        section="nodes",
        now=now,
        sides=tuple(_field(query, side) for side in ("a", "b")),
        question=question,
        suggestions=_suggest(a) if a and not b else (),
        part=tell_node_pair(compare_two_nodes(a, b, now), question, query) if a and b else None,
        exports=export_links(query) if a and b else (),
    )


def read_node(query: QueryDict, side: str) -> NodeName | None:
    """The node that one side of the query names; None where it names none. A look-up where it names no site."""
    name = name_asked(query, side)
    if name is None:
        return None
    return NodeName(name, name_asked(query, f"{side}_site") or only_site(name, parameter=f"{side}_site"))


def _field(query: QueryDict, side: str) -> NodeField:
    return NodeField(side, query.get(side, ""), query.get(f"{side}_site", ""))


def _suggest(node: NodeName) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(other.name, link_to_node_comparison(node, other)) for other in suggest_nodes(node))
