"""The words and meanings that outcomes, causes and patterns have, wherever a person reads them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reports.analysis.status import NodeStatus
from reports.run import Cause, CauseSource, Outcome, Pattern, Status


@dataclass(frozen=True, slots=True)
class Word:
    """How something is called; `name` is also its CSS class and its icon."""

    name: str
    label: str
    meaning: str = ""


STATUSES = {
    NodeStatus.FAILED: Word("failed", "failed", "The newest run failed, or some of its resources did"),
    NodeStatus.STALE_CATALOG: Word(
        "stale_catalog", "stale catalog", "The new catalog failed and an old one was applied instead"
    ),
    NodeStatus.CORRECTED: Word("corrected", "corrected", "The newest run had to put drift right"),
    NodeStatus.CHANGED: Word("changed", "changed", "The newest run changed something, and none of it was a correction"),
    NodeStatus.PENDING: Word("pending", "pending", "A dry run found something to do"),
    NodeStatus.UNCHANGED: Word("unchanged", "unchanged", "The newest run found everything as it should be"),
    NodeStatus.SILENT: Word("silent", "silent", "Nothing has come in for too long; what it is like now is not known"),
    NodeStatus.UNKNOWN: Word("unknown", "unknown", "No run has finished yet"),
}

OUTCOMES = {outcome: STATUSES[NodeStatus(outcome.name.lower())] for outcome in Outcome}

CHANGE_STATUSES = {
    Status.UNCHANGED: Word("unchanged", "unchanged"),
    Status.SUCCESS: Word("changed", "changed"),
    Status.FAILED: Word("failed", "failed"),
    Status.SKIPPED: Word("skipped", "skipped"),
    Status.PENDING: Word("pending", "pending"),
}

CAUSES = {
    Cause.CORRECTIVE: Word("corrected", "correction", "The node had moved away from what the code asked for before"),
    Cause.INTENDED: Word("changed", "intended", "The code, its settings or the environment moved"),
    Cause.FIRST_BUILD: Word("first_build", "first build", "Put in place for the first time on this machine"),
    Cause.REPEATED: Word("repeated", "repeated", "Changes by construction in every run"),
    Cause.TRIGGERED: Word("triggered", "triggered", "Set off by another change"),
    Cause.UNKNOWN: Word("unknown", "unknown cause", "Nobody can tell why this was needed"),
}

CAUSE_SOURCES = {
    CauseSource.TOOL: "said by the tool",
    CauseSource.INFERRED: "inferred from the node's runs",
    CauseSource.PRESUMED: "presumed",
}

PATTERNS = {
    Pattern.SPORADIC: Word("sporadic", "sporadic", "Changes now and then, by no rule that shows"),
    Pattern.PERIODIC: Word("periodic", "periodic", "Changes by a clock"),
    Pattern.TUG_OF_WAR: Word("tug_of_war", "tug of war", "A value goes back and forth: two owners"),
    Pattern.REPEATER: Word("repeater", "repeater", "Changes in nearly every run: the code is not idempotent"),
    Pattern.FAILING: Word("failing", "failing", "What it does fails, run after run"),
}


def word_of_change(status: Status, cause: Cause, *, unknown_because: str = "") -> Word:
    """The one word a change is marked with: its cause where it succeeded, else what became of it.

    Where the cause is unknown, why it is so is told on hover: as a sentence of its own it would stand under most.
    """
    if status is not Status.SUCCESS:
        return CHANGE_STATUSES[status]
    return replace(CHANGE_STATUSES[status], meaning=unknown_because) if cause is Cause.UNKNOWN else CAUSES[cause]
