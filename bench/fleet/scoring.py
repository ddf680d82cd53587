"""Scores the causes that the store holds of a simulated fleet against the hidden truth."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db import connection

from bench.fleet.cast import Node, cast
from bench.fleet.plan import Plan
from bench.fleet.telling import tell_node
from bench.fleet.wire.puppet import way_of
from bench.fleet.wire.puppet_events import MASTERLESS
from reports.adapters.discovery import doors
from reports.run import Cause, CauseSource, Status

_CAUSES: Final = """
    SELECT change.run_id, resource.type, resource.title, change.cause, change.cause_source, change.reason
    FROM change
    JOIN resource ON resource.id = change.resource_id
    WHERE change.status = %(success)s
"""
_Place = tuple[UUID, str, str]  # the run, and the type and title of what changed


@dataclass(slots=True)
class Scored:
    """What became of the true causes of one tool's changes: how often each was told as which, and some of the wrong."""

    told: Counter[tuple[Cause, Cause]] = field(default_factory=Counter)  # (true, told)
    presumed: Counter[tuple[Cause, Cause]] = field(default_factory=Counter)  # those of them that are only presumed
    examples: dict[tuple[Cause, Cause], str] = field(default_factory=dict)

    def precision(self, cause: Cause) -> float:
        """Of all that was told to be this, how much was."""
        return _share(self.told[cause, cause], (count for (_, told), count in self.told.items() if told is cause))

    def certain_precision(self, cause: Cause) -> float:
        """The same without what was only presumed."""
        certain = self.told - self.presumed
        return _share(certain[cause, cause], (count for (_, told), count in certain.items() if told is cause))

    def recall(self, cause: Cause) -> float:
        """Of all that was this, how much was told to be."""
        return _share(self.told[cause, cause], (count for (true, _), count in self.told.items() if true is cause))


def score(plan: Plan) -> dict[str, Scored]:
    """By tool, and apart for nodes whose tool remembers nothing from run to run.

    Left out is what no report can decide: changes of which code and node had both moved, and those in the first report
    of a node that was there before.
    """
    truths = dict(_truths(plan))
    scored: defaultdict[str, Scored] = defaultdict(Scored)
    with connection.cursor() as cursor:
        cursor.execute(_CAUSES, {"success": int(Status.SUCCESS)})
        for run_id, kind, title, cause, source, reason in cursor.fetchall():
            if (truth := truths.get((UUID(str(run_id)), kind, title))) is None:
                continue
            label, true = truth
            one = scored[label]
            one.told[true, Cause(cause)] += 1
            one.presumed[true, Cause(cause)] += source == CauseSource.PRESUMED
            if true is not Cause(cause):
                one.examples.setdefault((true, Cause(cause)), f"{kind}[{title}] in run {run_id}: {reason}")
    return dict(scored)


def _truths(plan: Plan) -> Iterator[tuple[_Place, tuple[str, Cause]]]:
    for node in cast(plan):
        seen: set[str] = set()
        for told in tell_node(plan, node):
            adapter, _ = doors()[told.report.door]
            for run in adapter.read(told.report).runs:
                if run.outcome is None:
                    continue
                is_first = run.tool not in seen
                seen.add(run.tool)
                for truth in told.truths:
                    if not truth.is_mixed and not (is_first and truth.cause is not Cause.FIRST_BUILD):
                        yield (run.run_id, truth.type, truth.title), (_label(node, run.tool), truth.cause)


def _label(node: Node, tool: str) -> str:
    return f"{tool} {MASTERLESS}" if tool == "puppet" and way_of(node).mode == MASTERLESS else tool


def _share(part: int, of: Iterator[int]) -> float:
    whole = sum(of)
    return part / whole if whole else 1.0
