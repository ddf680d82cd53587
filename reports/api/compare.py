"""`/api/v1/compare/…/`: two runs, or two nodes, held against each other."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from reports.analysis.node import only_site
from reports.analysis.node_pair import NodeName, NodePair, compare_two_nodes
from reports.analysis.run_pair import RunName, RunPair, compare_two_runs
from reports.api.compare_shapes import NodePairSerializer, RunPairSerializer
from reports.api.endpoint import Asked, endpoint
from reports.api.parameters import Parameter
from reports.errors import BadQuestion
from reports.store.text import clean_name


def _run_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not the id of a run, which is a UUID") from error


RUNS = (
    Parameter("a", "The id of one run.", read=_run_id, type=str),
    Parameter("a_node", "Its node, where nodes share an id.", read=clean_name),
    Parameter("a_site", "The site of that node."),
    Parameter("b", "The id of the other run.", read=_run_id, type=str),
    Parameter("b_node", "Its node, where nodes share an id.", read=clean_name),
    Parameter("b_site", "The site of that node."),
)
NODES = (
    Parameter("a", "The name of one node, whole.", read=clean_name),
    Parameter("a_site", "Its site, where several have a node of that name."),
    Parameter("b", "The name of the other node, whole.", read=clean_name),
    Parameter("b_site", "Its site, where several have a node of that name."),
)


@endpoint("compare_runs", RunPairSerializer, known=RUNS)
def compare_runs(asked: Asked) -> RunPair:
    """Two runs head to head, of one node or of two, of one tool or of two."""
    _require_both(asked, "a run by its id")
    a, b = (RunName(asked[side], asked[f"{side}_node"], asked[f"{side}_site"]) for side in ("a", "b"))
    return compare_two_runs(a, b)


@endpoint("compare_nodes", NodePairSerializer, known=NODES)
def compare_nodes(asked: Asked) -> NodePair:
    """Two nodes side by side: what differs in facts, packages, resources, and in how these behave."""
    _require_both(asked, "a node, whole")
    a, b = (
        NodeName(asked[side], asked[f"{side}_site"] or only_site(asked[side], parameter=f"{side}_site"))
        for side in ("a", "b")
    )
    return compare_two_nodes(a, b, timezone.now())


def _require_both(asked: Asked, what: str) -> None:
    for side in ("a", "b"):
        if asked[side] is None:
            raise BadQuestion(f"{side}: name {what}")
