"""What is asked of an incident: which span of time, on which nodes, and which of its changes."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from reports.errors import BadQuestion
from reports.rollups.tables import NodeState
from reports.search.on_nodes import condition_on_nodes
from reports.search.query import Query

MOST_DAYS: Final = 14
MOST_NAMES: Final = 200
FEW_NODES: Final = 200
LOOK_BACK: Final = timedelta(days=30)  # what did nothing for so long before the window is new in it


class Only(enum.Enum):
    """What the changes of a window may be narrowed to. NEW narrows what the others leave."""

    NEW = "new"
    FAILURES = "failures"
    CORRECTIONS = "corrections"
    INTENDED = "intended"


@dataclass(frozen=True, slots=True)
class IncidentQuestion:
    """From `since` on, before `until`. Nodes: those of these names in any site, and of those the ones that the query
    means; without either all. `q` is the query as it was written."""

    since: datetime
    until: datetime
    nodes: tuple[str, ...] = ()
    q: str = ""
    query: Query | None = None
    only: frozenset[Only] = frozenset()
    is_newest_first: bool = False

    def check(self) -> None:
        """Raises BadQuestion for a window that is none, or that is too long to be read at once."""
        if self.since >= self.until:
            raise BadQuestion("until: has to be later than since")
        if self.until - self.since > timedelta(days=MOST_DAYS):
            raise BadQuestion(
                f"since: an incident window is {MOST_DAYS} days long at most; the list of changes looks further back"
            )
        if len(self.nodes) > MOST_NAMES:
            raise BadQuestion(f"nodes: {MOST_NAMES} names at most; write a query instead")


@dataclass(frozen=True, slots=True)
class Span:
    """The window as statements ask for it. `node_ids` is None where any node is meant.

    Few nodes are looked up by key. Many are a list that rows are held against, which the planner does not look into: it
    would weigh each of thousands for each statement.
    """

    since: datetime
    until: datetime
    node_ids: tuple[int, ...] | None = None
    asked: Mapping[str, Any] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        ids = None if self.node_ids is None else f"{{{','.join(map(str, self.node_ids))}}}"
        is_few = self.node_ids is None or len(self.node_ids) <= FEW_NODES
        few, many = (ids, None) if is_few else (None, ids)
        asked = {"since": self.since, "until": self.until, "node_ids": few, "many_ids": many}
        object.__setattr__(self, "asked", asked)


def find_span(question: IncidentQuestion, now: datetime) -> Span:
    """The window with the ids of its nodes: one query, and none where any node is meant. Raises BadQuestion."""
    question.check()
    if not question.nodes and not question.query:
        return Span(question.since, question.until)
    nodes = NodeState.objects.filter(name__in=question.nodes) if question.nodes else NodeState.objects.all()
    if question.query:
        nodes = nodes.filter(condition_on_nodes(question.query, now))
    return Span(question.since, question.until, tuple(nodes.values_list("node_id", flat=True)))
