"""Every change of an incident window in its order, with old and new values and what a diff says."""

from __future__ import annotations

from typing import Final

from reports.weekly.blocks import Block, Cell, Heading, Paragraph, Piece, Table, column
from reports.weekly.incident_brief import ChangeEntry, IncidentBrief
from reports.weekly.printable import say, say_lines
from reports.weekly.sheets.phrases import (
    DOT,
    hint,
    mark,
    nothing,
    tell_count,
    tell_rest,
    tell_second,
    tell_short_date,
    tell_site,
)

# What is printed of one change; all of it is in the JSON beside.
MOST_OF_VALUE: Final = 400
MOST_OF_DIFF: Final = 4000
MOST_LINES: Final = 24
ALL_LINES: Final = 1500  # lines of diffs in one brief: what comes after is told as so many lines


def changes_in_order(brief: IncidentBrief) -> tuple[Block, ...]:
    """One row a change, oldest first."""
    heading = Heading(1, say("Changes in their order"), "changes")
    if not brief.changes.lines:
        return heading, nothing("Nothing changed in this window.")
    left = ALL_LINES
    rows = []
    for line in brief.changes.lines:
        diff = _diff(line, left)
        left -= diff.count("\n") + 1 if diff else 0
        rows.append((_when(line, brief.about.zone), _what(line, diff), _why(line)))
    columns = (column(f"When ({brief.about.zone})", mm=25), column("What, on which node", 2.1), column("Cause", 1))
    about = "The same change on several nodes is one line, told of the first of them. Old values stand above new ones."
    rest = tell_rest(brief.changes, "the console's page Incident has all of them, and so has the JSON beside this")
    return heading, Paragraph(say(about), "lead"), Table(columns, tuple(rows), note=rest)


def _when(line: ChangeEntry, zone: str) -> Cell:
    last = f"last {tell_second(line.last_at, zone)}" if line.last_at != line.first_at else ""
    pieces = [Piece(say(tell_second(line.first_at, zone))), Piece(say(tell_short_date(line.first_at, zone)), "quiet")]
    return Cell((*pieces, *((Piece(say(last), "quiet"),) if last else ())))


def _what(line: ChangeEntry, diff: str) -> Cell:
    others = f" and {tell_count(line.nodes - 1, 'node')} more" if line.nodes > 1 else ""
    times = f"{line.times:,} times" if line.times > 1 else ""
    where = (f"{line.node}{others}", tell_site(line.site), line.environment or "", line.tool, times)
    shown = f" {DOT} {line.property}" if line.property else ""
    pieces = [
        Piece(say(f"{line.resource}{shown}"), "resource"),
        Piece(say(f" {DOT} ".join(text for text in where if text)), "quiet"),
        *_values(line),
    ]
    if line.message:
        pieces.append(Piece(say_lines(line.message, most=MOST_OF_VALUE), "message"))
    if diff:
        pieces.append(Piece(say_lines(diff, most=MOST_OF_DIFF), "diff"))
    return Cell(tuple(pieces), may_break=bool(diff))


def _values(line: ChangeEntry) -> list[Piece]:
    if line.is_sensitive:
        return [Piece(say("the values are sensitive, and not kept"), "quiet")]
    if line.old is None and line.new is None:
        return []
    return [
        Piece(say_lines("nothing" if line.old is None else line.old, most=MOST_OF_VALUE), "old"),
        Piece(say_lines("nothing" if line.new is None else line.new, most=MOST_OF_VALUE), "new"),
    ]


def _why(line: ChangeEntry) -> Cell:
    source = f"{line.source}: " if line.source else ""
    quiet = [f"{source}{line.reason}" if line.reason else (line.source or "")]
    if line.code_version:
        quiet.append(f"code version {line.code_version}")
    if line.defined_at:
        quiet.append(f"defined at {line.defined_at}")
    return Cell(
        (
            mark(line.word),
            *(Piece(say(news), "strong") for news in line.news),
            *(Piece(hint(text), "quiet") for text in quiet if text),
        )
    )


def _diff(line: ChangeEntry, left: int) -> str:
    """Its first lines; how many more there are is said in its last."""
    if not line.diff or line.is_sensitive:
        return ""
    lines = line.diff.rstrip("\n").split("\n")
    most = min(MOST_LINES, left)
    if len(lines) <= most:
        return "\n".join(lines)
    rest = f"({tell_count(len(lines) - max(most, 0), 'line')} more of this diff: in the JSON beside this brief)"
    return "\n".join([*lines[: max(most, 0)], rest])
