"""What is new in an incident window, and what happened to nodes in it, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.analysis.incident_changes import FoldedChange
from reports.analysis.incident_nodes import IncidentNodes, NodeMoments


@dataclass(frozen=True, slots=True)
class Happened:
    """The same happened to these nodes. `kind` is the name of its colour."""

    key: str
    label: str
    kind: str
    found: NodeMoments


def tell_news(folded: FoldedChange) -> tuple[str, ...]:
    """What is new in a line of changes."""
    told = (
        (folded.is_new_resource, "new: nothing before on any node"),
        (folded.is_new_on_node, "new on this node"),
        (folded.is_new_error, "new error"),
    )
    return tuple(word for is_so, word in told if is_so)


def tell_happened(nodes: IncidentNodes) -> Iterator[Happened]:
    """Only what happened to some, the worst first."""
    told = (
        Happened("silent", "went silent, and are so still", "silent", nodes.silent),
        Happened("back", "came back after a silence", "unchanged", nodes.back),
        Happened("first", "were heard of for the first time", "changed", nodes.first_seen),
        Happened("rebuilt", "were rebuilt", "repeated", nodes.rebuilt),
    )
    return (one for one in told if one.found.count)
