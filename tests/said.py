"""A stand-in for the rules of causes where a test is about what comes after them: the tool's own word, and no more."""

from __future__ import annotations

from reports.run import Cause, CauseSource, Change, Explanation, Run

_SAYS_CORRECTIVE = Explanation(
    Cause.CORRECTIVE,
    CauseSource.TOOL,
    "The agent flagged this as corrective: it differed from what the run before had left.",
)
_SAYS_INTENDED = Explanation(
    Cause.INTENDED,
    CauseSource.TOOL,
    "The agent did not flag this as corrective: it had left nothing but what it found, so the code asked for this.",
)
_SAYS_TRIGGERED = Explanation(
    Cause.TRIGGERED, CauseSource.TOOL, "The agent says that another change of the same run set this off."
)
_SAYS_NOTHING = Explanation(Cause.UNKNOWN, None, "The agent did not say whether this put drift right.")


def explain(run: Run) -> tuple[Explanation, ...]:
    """One explanation for each change, in the order of the run; also for changes that failed or are still to come."""
    return tuple(_explain(change) for resource in run.resources for change in resource.changes)


def _explain(change: Change) -> Explanation:
    if change.triggered:  # a refresh is never flagged as corrective, whatever set it off
        return _SAYS_TRIGGERED
    if change.corrective is None:
        return _SAYS_NOTHING
    return _SAYS_CORRECTIVE if change.corrective else _SAYS_INTENDED
