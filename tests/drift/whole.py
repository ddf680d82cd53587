"""The history of a node as a whole, plainly from the tables, with companions counted one by one: what must come out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from reports.drift.history import (
    COMPANION_TIME,
    ENOUGH_COMPANIONS,
    ChangeKey,
    History,
    Life,
    PastChange,
    PastRun,
)
from reports.run import Cause, CauseSource, Explanation, Outcome, Status
from reports.store.rows import COUNTED
from reports.store.tables import Change, DeclaredSet, NodeLife, ResourceSet, Run

Rules = Callable[[History], Mapping[ChangeKey, Explanation]]
Stored = tuple[dict[Any, Any], dict[Any, Any]]


def histories() -> dict[int, History]:
    """Every node with all of its runs, of all tools."""
    listings = {one.id: frozenset(one.resource_ids) for one in ResourceSet.objects.all()}
    declared = {one.id: frozenset(one.declared_ids) for one in DeclaredSet.objects.all()}
    lives: defaultdict[int, list[Life]] = defaultdict(list)
    for life in NodeLife.objects.order_by("since", "machine_id", "tool"):
        lives[life.node_id].append(Life(life.since, life.machine_id, life.tool))
    changes: defaultdict[UUID, list[PastChange]] = defaultdict(list)
    for change in Change.objects.order_by("ordinal"):
        changes[change.run_id].append(_change(change))
    runs: defaultdict[int, list[PastRun]] = defaultdict(list)
    for run in Run.objects.order_by("at", "id"):
        runs[run.node_id].append(_run(run))
    counted = companions()
    return {
        node: History(
            node,
            runs[node],
            {run.run_id: changes[run.run_id] for run in runs[node] if run.run_id in changes},
            resource_sets=listings,
            declared_sets=declared,
            lives=lives[node],
            companions=counted,
        )
        for node in runs
    }


def companions() -> dict[ChangeKey, int]:
    """Every change with every other."""
    everything = [*Change.objects.exclude(likeness=None)]
    found: dict[ChangeKey, int] = {}
    for one in everything:
        others = {
            other.node_id
            for other in everything
            if other.likeness == one.likeness
            and other.node_id != one.node_id
            and abs(other.at - one.at) <= COMPANION_TIME
        }
        if others:
            found[ChangeKey(one.run_id, one.ordinal)] = min(len(others), ENOUGH_COMPANIONS)
    return found


def must_be(rules: Rules) -> Stored:
    """The causes of all changes, and counters and outcome of all runs, as the rules have them of whole histories."""
    causes: dict[ChangeKey, Explanation] = {}
    for history in histories().values():
        # Companions speak only where the node's own runs do not decide.
        alone = rules(replace(history, companions={}))
        among = rules(history)
        causes |= {
            key: among[key] if alone[key].source in (None, CauseSource.PRESUMED) else alone[key] for key in alone
        }
    runs = {}
    for run in Run.objects.all():
        changes = [*Change.objects.filter(node_id=run.node_id, run_id=run.id)]
        made = [
            causes[ChangeKey(run.id, change.ordinal)].cause for change in changes if change.status == Status.SUCCESS
        ]
        counters = [made.count(cause) for cause in COUNTED] if changes else [None] * len(COUNTED)
        outcome = run.outcome
        if changes and outcome in (Outcome.CHANGED, Outcome.CORRECTED):
            outcome = Outcome.CORRECTED if Cause.CORRECTIVE in made else Outcome.CHANGED
        runs[run.node_id, run.id] = (outcome, *counters)
    return causes, runs


def stored() -> Stored:
    """The same as it stands in the tables."""
    causes = {
        ChangeKey(change.run_id, change.ordinal): Explanation(
            Cause(change.cause),
            None if change.cause_source is None else CauseSource(change.cause_source),
            change.reason,
        )
        for change in Change.objects.all()
    }
    runs = {
        (run.node_id, run.id): (run.outcome, *(getattr(run, cause.name.lower()) for cause in COUNTED))
        for run in Run.objects.all()
    }
    return causes, runs


def _run(run: Run) -> PastRun:
    outcome = None if run.outcome is None else Outcome(run.outcome)
    told = Outcome.CHANGED if outcome is Outcome.CORRECTED else outcome
    sets = (run.machine_id, run.resource_set_id, run.declared_set_id, run.unchanged)
    return PastRun(run.at, run.id, run.tool, run.environment, run.code_version, told, run.noop, *sets)


def _change(change: Change) -> PastChange:
    return PastChange(
        key=ChangeKey(change.run_id, change.ordinal),
        at=change.at,
        resource_id=change.resource_id,
        occurrence=change.key,
        property=change.property,
        status=Status(change.status),
        old=change.old,
        new=change.new,
        found=change.found,
        desired=change.desired,
        message=change.message,
        said_corrective=change.said_corrective,
        said_triggered=change.said_triggered,
        is_sensitive=change.is_sensitive,
        is_action=change.is_action,
    )
