"""Looking at the nodes of a scope alone, where no filter says so already."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from reports.analysis.window import Window
from reports.people.sight import seeing_nodes
from reports.rollups.tables import NodeState
from reports.search.on_nodes import condition_on_nodes
from reports.weekly.scope import Scope

Tell: TypeAlias = Callable[[int, str], None]  # how far it is, per cent, and what is being done


def tell_nobody(per_cent: int, doing: str) -> None:
    """For when nobody waits."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the parts of a brief are asked with. `environment`: for the questions that have such a filter.

    `are_counts_whole`: the counts by hour are of the whole fleet, so that there are hours to tell.
    """

    window: Window
    now: datetime
    environment: str | None
    are_counts_whole: bool

    @property
    def both(self) -> Window:
        """The week before and the week."""
        return Window(self.window.before().since, self.window.until, is_current=False)


@contextmanager
def looking_at_query(scope: Scope, now: datetime) -> Iterator[None]:
    """At the nodes that the query of the scope finds now; at all where it has none. Raises BadQuery."""
    query = scope.query
    if query is None:
        yield
        return
    with seeing_nodes(NodeState.objects.filter(condition_on_nodes(query, now)).values_list("node_id", flat=True)):
        yield


@contextmanager
def looking_at_environment(scope: Scope) -> Iterator[None]:
    """At the nodes that are in the environment of the scope now, for questions without such a filter; else at all."""
    if scope.environment is None:
        yield
        return
    with seeing_nodes(NodeState.objects.filter(environment=scope.environment).values_list("node_id", flat=True)):
        yield
