"""What fails at present, and on how many nodes?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from reports.analysis.status import NodeStatus, silent_before
from reports.analysis.together import MOMENT, Asked, Row, answer
from reports.run import Outcome
from reports.sql import load

LIST_FAILURES = load(__file__, "list_failures")


@dataclass(frozen=True, slots=True)
class Failure:
    """Nodes that fail alike. `key` is what they have in common, None where that has not been counted yet.

    `resource` is what fails (then the key is its id), None where it is the run as a whole; `message` is what the tool
    said on the node that failed last: `node`, in its run `run_id`.
    """

    status: NodeStatus
    key: int | None
    nodes: int
    newest_at: datetime
    node_id: int
    site: str
    node: str
    run_id: UUID
    is_clock_wrong: bool
    resource: str | None
    message: str | None


@dataclass(frozen=True, slots=True)
class Failing:
    """The most widespread failures; and how many kinds of them there are in all, on how many nodes."""

    failures: tuple[Failure, ...]
    kinds: int
    nodes: int

    @property
    def kinds_left_out(self) -> int:
        return self.kinds - len(self.failures)

    @property
    def nodes_left_out(self) -> int:
        return self.nodes - sum(failure.nodes for failure in self.failures)


def list_failures(now: datetime, *, limit: int = 10) -> Failing:
    """Failed nodes, and those with a stale catalog, by what made them so: one line for 8,000 nodes of one cause.

    Reads the rows of node_state of the nodes that fail, and no run but those it names.
    """
    return answer(ask_failures(now, limit=limit))


def ask_failures(now: datetime, *, limit: int = 10) -> Asked[Failing]:
    """The same, to be asked together with others."""
    return Asked(LIST_FAILURES, {"silent_before": silent_before(now), "limit": limit}, _failing, {3: MOMENT, 9: UUID})


def _failing(rows: list[Row]) -> Failing:
    failures = tuple(_failure(row) for row in rows)
    return Failing(failures, kinds=rows[0][4] if rows else 0, nodes=int(rows[0][5]) if rows else 0)


def _failure(row: Row) -> Failure:
    status, key, nodes, newest_at, _, _, *rest = row
    return Failure(NodeStatus[Outcome(status).name], key, nodes, newest_at, *rest)
