"""What a run spent its time on, as bars: the longest first, each beside what it took in the run before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reports.analysis.run import ComparedRun
from reports.pages.links import link_to_resource

TIMINGS = 12
WIDTH = 1_000  # of the longest bar, in units of the drawing


@dataclass(frozen=True, slots=True)
class TimingRow:
    """One thing that took time. Widths are of the bars; `before` is None where no earlier run tells."""

    what: str
    link: str | None  # where it is a resource
    seconds: float
    width: int
    before: float | None
    before_width: int


@dataclass(frozen=True, slots=True)
class TimingPart:
    """The longest, how many shorter ones are left out, and when the run that they are compared with began."""

    rows: tuple[TimingRow, ...]
    left_out: int
    before_at: datetime | None


def tell_timings(compared: ComparedRun) -> TimingPart:
    """Longest first. Compared with the newest run before that kept its own: one that changed nothing keeps none."""
    ordered = sorted(compared.story.timings, key=lambda timing: -timing[1])
    shown = ordered[:TIMINGS]
    difference = compared.difference
    before = (difference.timings if difference else None) or {}
    longest = max((max(seconds, before.get(what, 0.0)) for what, seconds in shown), default=0.0) or 1.0
    return TimingPart(
        rows=tuple(_row(what, seconds, before.get(what), longest) for what, seconds in shown),
        left_out=len(ordered) - len(shown),
        before_at=difference.kept_at if difference and any(what in before for what, _ in shown) else None,
    )


def _row(what: str, seconds: float, before: float | None, longest: float) -> TimingRow:
    return TimingRow(
        what=what,
        link=link_to_resource(what) if what.endswith("]") and what.find("[") > 0 else None,
        seconds=seconds,
        width=_width(seconds, longest),
        before=before,
        before_width=_width(before or 0.0, longest),
    )


def _width(seconds: float, longest: float) -> int:
    return round(max(seconds, 0.0) / longest * WIDTH)
