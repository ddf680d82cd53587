"""The changes of a window over time, as bars by cause: where it began can be seen, and each bar narrows the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from reports.analysis.incident_runs import Slice
from reports.pages.incident_asked import AskedIncident

HEIGHT: Final = 100  # of the tallest bar, in units of the drawing
WIDTH: Final = 10  # of each bar, with the gap beside it
GAP: Final = 1
LEAST: Final = 3  # what is there can be seen
_PARTS: Final = (("failed", "failed"), ("corrective", "corrected"), ("intended", "changed"), ("other", "unknown"))


@dataclass(frozen=True, slots=True)
class Bar:
    """One cause within a slice; `kind` is the CSS class of its colour."""

    kind: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class StripSlice:
    """One slice of the window; `link` narrows the window to it."""

    slice: Slice
    link: str
    x: int
    bars: tuple[Bar, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Strip:
    """All slices from left to right; `busy` are those in which something happened."""

    slices: tuple[StripSlice, ...]
    busy: tuple[StripSlice, ...]
    width: int
    since: datetime
    middle: datetime
    until: datetime


def draw_strip(asked: AskedIncident, slices: Sequence[Slice]) -> Strip:
    """Bars stand on each other, the worst at the bottom."""
    most = max((piece.total for piece in slices), default=0)
    drawn = tuple(
        StripSlice(
            slice=piece,
            link=asked.at(piece.since, piece.until),
            x=place * WIDTH,
            bars=_bars(piece, most),
            label=_label(piece, asked.zone),
        )
        for place, piece in enumerate(slices)
    )
    question = asked.question
    return Strip(
        slices=drawn,
        busy=tuple(piece for piece in drawn if piece.slice.total),
        width=len(drawn) * WIDTH,
        since=question.since,
        middle=question.since + (question.until - question.since) / 2,
        until=question.until,
    )


def _bars(piece: Slice, most: int) -> tuple[Bar, ...]:
    bars, floor = [], HEIGHT
    for field, kind in _PARTS:
        count: int = getattr(piece, field)
        if count:
            height = min(floor, max(LEAST, round(count / most * HEIGHT)))
            floor -= height
            bars.append(Bar(kind, floor, height))
    return tuple(bars)


def _label(piece: Slice, zone: ZoneInfo) -> str:
    told = (
        (piece.failed, "failed"),
        (piece.corrective, "corrected"),
        (piece.intended, "intended"),
        (piece.other, "other"),
    )
    parts = [f"{count:,} {word}" for count, word in told if count]
    since, until = piece.since.astimezone(zone), piece.until.astimezone(zone)
    return f"{since:%d %b %H:%M} to {until:%H:%M} {zone.key}: {', '.join(parts) or 'nothing'}"
