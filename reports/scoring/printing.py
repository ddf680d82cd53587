"""A tally as lines of text, for a terminal and for docs/causes.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from reports.run import Cause
from reports.scoring.tally import JUDGED, Share, Tally

_TOLD: Final = (
    Cause.CORRECTIVE,
    Cause.INTENDED,
    Cause.FIRST_BUILD,
    Cause.REPEATED,
    Cause.TRIGGERED,
    Cause.UNKNOWN,
)
_WORDS: Final = 42  # characters for what is true
_MOST_WRONG: Final = 40  # shown, of what was told wrongly


def print_tally(tally: Tally) -> Iterator[str]:
    """What is true from top to bottom, what was told of it from left to right, and what that comes to."""
    yield _row("true, and told", [cause.name.lower() for cause in _TOLD])
    for true, told in tally.rows():
        yield _counts(true.name.lower(), told)
    for words, told in tally.rows_apart().items():
        yield _counts(f"({words})", told)
    if not_known := tally.not_known():
        yield _counts("(not told by the manifest)", not_known)
    yield ""
    yield _row("", ["precision", "not presumed", "recall"], width=20)
    for cause in JUDGED:
        shares = (tally.precision(cause), tally.precision(cause, with_presumed=False), tally.recall(cause))
        yield _row(cause.name.lower(), [_share(share) for share in shares], width=20)
    yield f"{len(tally.changes)} changes; only presumed: {tally.presumed()}; unknown: {tally.unknown()}"


def print_wrong(tally: Tally) -> Iterator[str]:
    """Where to look for what was told wrongly."""
    wrong = [*tally.wrong()]
    for one in wrong[:_MOST_WRONG]:
        source = one.source.name.lower() if one.source else "nobody knows"
        yield f"  {one.truth.words if one.truth else ''} → {one.told.name.lower()} ({source}): {one.place}"
    if len(wrong) > _MOST_WRONG:
        yield f"  and {len(wrong) - _MOST_WRONG} more"


def _counts(label: str, told: Counter[Cause]) -> str:
    return _row(label, [str(told[cause] or "") for cause in _TOLD])


def _share(share: Share) -> str:
    return f"{share.value:.3f} ({share.part}/{share.whole})" if share.whole else "-"


def _row(label: str, cells: list[str], *, width: int = 12) -> str:
    short = label if len(label) <= _WORDS else f"{label[: _WORDS - 1]}…"
    return f"{short:{_WORDS}}{''.join(f'{cell:>{width}}' for cell in cells)}".rstrip()
