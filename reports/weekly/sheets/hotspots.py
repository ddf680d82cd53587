"""Hotspots: nodes and resources that needed corrections, what is new among them, and when it happens."""

from __future__ import annotations

import math
from typing import Final

from reports.told import shorten_digests, tell_risk, tell_share
from reports.weekly.blocks import (
    NOTHING,
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Piece,
    Spark,
    Table,
    column,
    number,
    numbers,
    told,
)
from reports.weekly.brief import WeeklyBrief
from reports.weekly.parts import HotLine, Some, Why
from reports.weekly.printable import Printable, say
from reports.weekly.sheets.phrases import (
    ARROW,
    DASH,
    DOT,
    hint,
    mark,
    name_cell,
    nothing,
    tell_count,
    tell_minute,
    tell_rest,
    tell_short_day,
    tell_site,
)

_SHADES: Final = 5
_WEEK: Final = 7
_ORDER: Final = {
    True: "Most corrections in the week first.",
    False: "Hottest first: heat counts corrections and halves every seven days.",
}
_UNTOLD: Final = "not told"
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_COLUMNS: Final = (
    numbers("", mm=6),
    column("", 1.3),
    numbers("Corrections", mm=19),
    column("14 days", mm=22),
    numbers("Runs", mm=18),
    numbers("Risk", mm=10),
    column("Newest correction, and its cause", 1),
)


def hot_nodes(brief: WeeklyBrief) -> tuple[Block, ...]:
    """The nodes that lead, and those that are new among them."""
    return (
        Heading(1, say("Hotspots: nodes"), "nodes"),
        Paragraph(
            say(
                f"{_ORDER[brief.about.is_over]} The small bars are corrections on each of 14 days, the week itself "
                "dark. Runs: how many of its runs had a correction."
            ),
            "lead",
        ),
        *_ranking("Node", brief.nodes, "No node needed a correction in this week."),
        Heading(2, say("Nodes that are new in the ranking"), "new_nodes"),
        *_newcomers("Node", brief.new_nodes),
    )


def hot_resources(brief: WeeklyBrief) -> tuple[Block, ...]:
    """The resources that lead, over all nodes."""
    return (
        Heading(1, say("Hotspots: the resources behind them"), "resources"),
        *_ranking("Resource", brief.resources, "No resource needed a correction in this week."),
        Heading(2, say("Resources that are new in the ranking"), "new_resources"),
        *_newcomers("Resource", brief.new_resources),
    )


def when_it_happens(brief: WeeklyBrief) -> tuple[Block, ...]:
    """Days and nodes, hours and days of the week: each a table whose cells are the warmer the more there was."""
    return (
        Heading(1, say("When corrections happen"), "heat_map"),
        Heading(2, say("By node and day"), ""),
        *_heat_map(brief),
        Heading(2, say("By day of the week and hour"), "hours"),
        *_hours(brief),
    )


def _ranking(what: str, some: Some[HotLine], without: str) -> tuple[Block, ...]:
    if not some.lines:
        return (nothing(without),)
    return (_table(what, some.lines, note=tell_rest(some, "the console's page Hotspots lists them all")),)


def _newcomers(what: str, lines: tuple[HotLine, ...]) -> tuple[Block, ...]:
    if not lines:
        return (nothing("None: whatever leads the ranking had corrections the week before, too."),)
    return (_table(what, lines),)


def _table(what: str, lines: tuple[HotLine, ...], *, note: Printable = NOTHING) -> Table:
    rank, _, *others, risk, why = _COLUMNS
    is_node = lines[0].nodes is None  # the risk of a resource is not told
    title = f"{what}, its pattern, and why it is at risk" if is_node else f"{what}, and its pattern"
    columns = (rank, column(title, _COLUMNS[1].share), *others, *((risk,) if is_node else ()), why)
    return Table(columns, tuple(_row(rank, line) for rank, line in enumerate(lines, 1)), note=note)


def _row(rank: int, line: HotLine) -> tuple[Cell, ...]:
    return (
        Cell((Piece(say(str(rank)), "quiet"),)),
        _who(line),
        Cell((Piece(say(f"{line.corrections:,}"), "strong"), Piece(say(f"before: {line.before:,}"), "quiet"))),
        Cell(spark=_spark(line.trend)),
        _runs(line),
        *((told(tell_risk(line.risk) if line.risk is not None else DASH),) if line.nodes is None else ()),
        Cell(tuple(_why(line, line.why)) if line.why else ()),
    )


def _who(line: HotLine) -> Cell:
    """The name, where it is, and what is to be known of it before it is judged."""
    on = f"on {tell_count(line.nodes, 'node')}" if line.nodes is not None else ""
    under = (line.environment or "", tell_site(line.site), on, "muted" if line.is_muted else "")
    named = name_cell(line.name, *under, "clock ahead" if line.is_clock_wrong else "", "new" if line.is_new else "")
    return Cell((*named.pieces, *_reasons(line)))


def _runs(line: HotLine) -> Cell:
    share = Piece(say(tell_share(line.share_of_runs)))
    if line.corrected_runs is None:
        return Cell((share, Piece(say(f"of {line.runs:,}"), "quiet")))
    return Cell((share, Piece(say(f"{line.corrected_runs:,} of {line.runs:,}"), "quiet")))


def _reasons(line: HotLine) -> tuple[Piece, ...]:
    """Its pattern with the evidence for it, and why it is at risk."""
    pieces = []
    if line.pattern:
        pieces.append(mark(line.pattern, more=f": {shorten_digests(line.evidence)}" if line.evidence else ""))
    said = [reason for reason in line.reasons if not line.evidence or line.evidence not in reason]
    if said:
        pieces.append(
            Piece(say(" ".join(reason if reason.endswith(".") else f"{reason}." for reason in said)), "quiet")
        )
    return tuple(pieces)


def _why(line: HotLine, why: Why) -> list[Piece]:
    """Of a node the resource, of a resource the node: the other one is the line itself."""
    other = why.node if line.nodes is not None else why.resource
    source = f" ({why.source})" if why.source else ""
    pieces = [
        Piece(say(other), "value"),
        Piece(say(f"{tell_minute(why.at)} UTC, {why.cause.label}{source}: {why.reason}"), "quiet"),
    ]
    if why.old is not None or why.new is not None:
        shown = f"{why.property}: " if why.property else ""
        values = shorten_digests(f"{why.old or _UNTOLD} {ARROW} {why.new or _UNTOLD}")
        pieces.append(Piece(hint(f"{shown}{values}"), "message"))
    return pieces


def _spark(trend: tuple[int, ...]) -> Spark:
    told_days = ", ".join(map(str, trend))
    return Spark(trend, min(_WEEK, len(trend)), f"Corrections on each of {len(trend)} days, oldest first: {told_days}.")


def _heat_map(brief: WeeklyBrief) -> tuple[Block, ...]:
    if not brief.heat_map:
        return (nothing("No node needed a correction in these two weeks."),)
    most = max((count for line in brief.heat_map for count in line.counts), default=0)
    days = tuple(Column(say(tell_short_day(day)), mm=7.6, is_middle=True) for day in brief.heat_days)
    rows = tuple(
        (name_cell(line.name), *(_warm(count, most) for count in line.counts), number(line.total))
        for line in brief.heat_map
    )
    return (
        Table(
            (column("Node", 1), *days, numbers("All", mm=9)),
            rows,
            note=say("Corrections on each UTC day of the two weeks, on the nodes that had most; the warmer, the more."),
            is_dense=True,
        ),
    )


def _hours(brief: WeeklyBrief) -> tuple[Block, ...]:
    if brief.hours is None:
        return (nothing("Hours are counted of the whole fleet and of its environments only."),)
    if not brief.hours.total:
        return (nothing("No correction in this week."),)
    most = max(map(max, brief.hours.counts))
    hours = tuple(Column(say(f"{hour:02}"), share=1, is_middle=True) for hour in range(24))
    rows = tuple(
        (told(day), *(_warm(count, most) for count in counts))
        for day, counts in zip(_DAYS, brief.hours.counts, strict=True)
    )
    return (
        Table(
            (column("UTC", mm=9), *hours),
            rows,
            is_whole=True,
            note=say(f"{tell_count(brief.hours.total, 'correction')} of the week by the hour in which its run began."),
            is_dense=True,
        ),
    )


def _warm(count: int, most: int) -> Cell:
    """By the root: one burst must not make all others pale. Nought is a dot, so that what is there stands out."""
    if not count:
        return Cell((Piece(say(DOT), "quiet"),))
    return Cell((Piece(say(f"{count:,}")),), shade=math.ceil(_SHADES * math.sqrt(count / most)))
