"""The sentences that an operator reads beside a cause, and who says so. Times are UTC: pages say so once."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from reports.drift.history import PastRun
from reports.run import Cause, CauseSource, Explanation

_TOOL, _INFERRED, _PRESUMED = CauseSource.TOOL, CauseSource.INFERRED, CauseSource.PRESUMED

TRIGGERED: Final = Explanation(
    Cause.TRIGGERED, _TOOL, "The agent says that another change of the same run set this off."
)
FLAGGED: Final = Explanation(
    Cause.CORRECTIVE, _TOOL, "The agent flagged this as corrective: it differed from what the run before had left."
)
NOT_FLAGGED: Final = Explanation(
    Cause.INTENDED, _TOOL, "The agent found what it had left the last time, so that the code asked for something new."
)
FIRST_BUILD: Final = Explanation(
    Cause.FIRST_BUILD, _INFERRED, "Nothing had been put in place on this machine before this run."
)
NEW_RESOURCE: Final = Explanation(
    Cause.FIRST_BUILD, _INFERRED, "No run before this one had looked at this resource on this machine."
)
FIRST_RUN: Final = Explanation(
    Cause.FIRST_BUILD, _PRESUMED, "No earlier run of this on this machine is known; what is run keeps no state to tell."
)
PUT_IN_PLACE: Final = Explanation(
    Cause.FIRST_BUILD, _PRESUMED, "There was nothing in its place, and no earlier change of it is known."
)
STRAY: Final = Explanation(
    Cause.CORRECTIVE,
    _PRESUMED,
    "It was taken away at first sight: something that the code does not want had come into being.",
)
NEVER_HELD: Final = Explanation(
    Cause.REPEATED,
    _PRESUMED,
    "Set to the same value in every run since the first, and each time found as if it had not been: it does not hold.",
)
RAN_TWICE: Final = Explanation(
    Cause.REPEATED, _PRESUMED, "It ran in two runs in a row; what is run keeps no state that could have drifted."
)
RAN: Final = Explanation(
    Cause.UNKNOWN, None, "It ran again after runs that did without; what is run keeps no state to tell the cause from."
)
NEVER_SEEN: Final = Explanation(
    Cause.UNKNOWN, None, "It was something else before, and no earlier run tells what it was to be."
)
HIDDEN: Final = Explanation(
    Cause.UNKNOWN, None, "The values are hidden, so that nobody can tell whether the code or the node had moved."
)
SWAPS: Final = Explanation(
    Cause.CORRECTIVE, _INFERRED, "It goes back and forth between the same two values: two owners set it in turn."
)
AMONG_MANY: Final = Explanation(
    Cause.INTENDED, _PRESUMED, "The very same change was made on several other nodes at about the same time."
)
MANY_AT_ONCE: Final = Explanation(
    Cause.INTENDED, _PRESUMED, "Many resources changed in this one run: more like a new version than like drift."
)


def repeated(runs: int) -> Explanation:
    """A command that runs every time."""
    return Explanation(Cause.REPEATED, _INFERRED, f"It ran in {runs} or more runs in a row: by construction.")


def set_anew(runs: int) -> Explanation:
    """A random value, or the time, in what is declared."""
    reason = f"Set to another value in each of {runs} or more runs in a row, and found as set before: by construction."
    return Explanation(Cause.REPEATED, _INFERRED, reason)


def declared_then(then: PastRun, now: PastRun) -> Explanation:
    """In sync with this very declaration before."""
    moved = "" if _version(then) == _version(now) else ", though other code had moved"
    reason = f"In sync with this same state at {_moment(then.at)}, found different now{moved}."
    return Explanation(Cause.CORRECTIVE, _INFERRED, reason)


def found_as_declared(then: PastRun) -> Explanation:
    """The node is where it was asked to be; what is asked for has moved."""
    reason = f"Found as it was declared at {_moment(then.at)}; another state is declared now."
    return Explanation(Cause.INTENDED, _INFERRED, reason)


def set_then(at: datetime, seen_at: datetime | None) -> Explanation:
    """Set to this very value before."""
    held = f", last in place at {_moment(seen_at)}" if seen_at is not None and seen_at > at else ""
    reason = f"Set to this same value at {_moment(at)}{held}, found different now."
    return Explanation(Cause.CORRECTIVE, _INFERRED, reason)


def found_as_set(at: datetime) -> Explanation:
    """The value is the one that was set before; what is asked for has moved."""
    reason = f"Found as it was set at {_moment(at)}; another value is asked for now."
    return Explanation(Cause.INTENDED, _INFERRED, reason)


def put_back(seen_at: datetime | None) -> Explanation:
    """It was there, and was not any more; or the tool tells nothing but that it wrote it again."""
    reason = f"In place at {_moment(seen_at)}, and put in place again now." if seen_at else "Put in place again."
    return Explanation(Cause.CORRECTIVE, _PRESUMED, reason)


def was_in_place(seen_at: datetime | None) -> Explanation:
    """Nothing tells what was declared before."""
    since = f"In place at {_moment(seen_at)}" if seen_at else "In place before"
    return Explanation(
        Cause.CORRECTIVE,
        _PRESUMED,
        f"{since}, found different now; nothing tells what was asked for then, and few other nodes changed alike.",
    )


def _version(run: PastRun) -> str | None:
    return run.code_version


def _moment(at: datetime) -> str:
    """By day and minute."""
    return f"{at:%-d %b %Y %H:%M}"
