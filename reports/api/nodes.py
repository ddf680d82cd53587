"""`/api/v1/nodes/`: which nodes there are, and the story of one."""

from __future__ import annotations

from django.utils import timezone

from reports.analysis.node import NodeStory, find_node, only_site
from reports.analysis.node_order import NodeOrder
from reports.analysis.nodes import NodeFilter, NodeLine, list_nodes
from reports.analysis.paging import Slice
from reports.analysis.status import NodeStatus
from reports.api.endpoint import Asked, endpoint, list_endpoint
from reports.api.noted_shapes import (
    NotedNodeSerializer,
    NotedNodeStorySerializer,
    notes_beside_nodes,
    notes_beside_stories,
)
from reports.api.parameters import ENVIRONMENT, PAGING, SITE, TOOL, Parameter, query_about, word, words
from reports.search.subjects import NODES
from reports.store.text import clean_name

SEARCH = Parameter("search", "Any part of the name, in either case.")
STATUS = words("status", NodeStatus, "One or several, with commas between.")
QUERY = query_about(NODES)
SORT = word("sort", tuple(NodeOrder), "What comes first; with a minus the most of it.", default=NodeOrder.NAME)


@list_endpoint(
    "nodes_list",
    NotedNodeSerializer,
    known=(QUERY, SEARCH, SITE, ENVIRONMENT, TOOL, STATUS, SORT, *PAGING),
    beside=notes_beside_nodes,
)
def nodes(asked: Asked) -> Slice[NodeLine]:
    """Nodes, by name unless `sort` says otherwise."""
    wanted = NodeFilter(
        statuses=asked["status"],
        site=asked["site"],
        environment=asked["environment"],
        tool=asked["tool"],
        search=asked["search"],
        q=asked["q"],
    )
    return list_nodes(
        wanted, timezone.now(), order=NodeOrder(asked["sort"]), cursor=asked["cursor"], limit=asked["limit"]
    )


@endpoint("nodes_retrieve", NotedNodeStorySerializer, known=(SITE,), beside=notes_beside_stories)
def node(asked: Asked, *, name: str) -> NodeStory:
    """One node, with its facts and every resource that ever changed on it. Its name may hold slashes."""
    name = clean_name(name)  # as the store writes it
    return find_node(name, timezone.now(), site=asked["site"] or only_site(name))
