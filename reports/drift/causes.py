"""Why each change was needed: the rules, one set for all tools. Pure."""

from __future__ import annotations

from reports.drift.history import ChangeKey, History, PastChange
from reports.run import Cause, CauseSource, Explanation

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


def explain(history: History) -> dict[ChangeKey, Explanation]:
    """One explanation for each change of each run from `known_before` on, whether it succeeded or not."""
    return {
        change.key: _explain(change)
        for run in history.runs[history.known_before :]
        for change in history.changes.get(run.run_id, ())
    }


def _explain(change: PastChange) -> Explanation:
    if change.said_triggered:  # a refresh is never flagged as corrective, whatever set it off
        return _SAYS_TRIGGERED
    if change.said_corrective is None:
        return _SAYS_NOTHING
    return _SAYS_CORRECTIVE if change.said_corrective else _SAYS_INTENDED
