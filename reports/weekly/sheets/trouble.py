"""What stands apart from drift of single nodes: fleet events, failures, silence, code to fix, and what is muted."""

from __future__ import annotations

from reports.weekly.blocks import Block, Cell, Column, Heading, Paragraph, Piece, Table, column, number, numbers, told
from reports.weekly.brief import WeeklyBrief
from reports.weekly.parts import EventLine, MessageLine, MuteLine, Some
from reports.weekly.printable import say, say_lines
from reports.weekly.sheets.phrases import (
    DASH,
    DOT,
    mark,
    name_cell,
    nothing,
    tell_minute,
    tell_moment,
    tell_rest,
    tell_site,
    tell_until,
)

MESSAGE = 400  # characters of what a tool said


def fleet_events(brief: WeeklyBrief) -> tuple[Block, ...]:
    """The page of a week's fleet events."""
    return Heading(1, say("Fleet events"), "events"), *event_table(brief.events, "No fleet event in this week.")


def event_table(events: Some[EventLine], without: str) -> tuple[Block, ...]:
    """Fleet events as a table, or that there was none."""
    if not events.lines:
        return (nothing(without),)
    rows = tuple(
        (
            told(tell_until(line.started_at, line.ended_at)),
            Cell((Piece(say(line.resource), "resource"),)),
            told(line.environment),
            number(line.nodes),
            number(line.corrections),
        )
        for line in events.lines
    )
    columns = (column("When (UTC)", mm=47), column("Resource", 2), column("Environment", 1), numbers("Nodes"))
    return (
        Paragraph(say("One resource corrected on many nodes at about one time: one cause, told once."), "lead"),
        Table((*columns, numbers("Corrections")), rows, note=tell_rest(events, "the console's overview lists them")),
    )


def failures(brief: WeeklyBrief) -> tuple[Block, ...]:
    """What fails now, and what failed runs of the week said."""
    return (
        Heading(1, say("Failures"), "failures"),
        Heading(2, say(f"Nodes that fail, as of {tell_moment(brief.about.told_at)}"), ""),
        *_failing(brief),
        Heading(2, say("Runs of the week that failed as a whole, by message"), "messages"),
        *message_table(brief.messages, "No run failed as a whole in this week."),
    )


def _failing(brief: WeeklyBrief) -> tuple[Block, ...]:
    if not brief.failures.lines:
        return (nothing("No node's newest run failed."),)
    rows = tuple(
        (
            Cell((mark(line.status),)),
            number(line.nodes),
            Cell(
                (
                    *(
                        (Piece(say(line.resource), "resource"),)
                        if line.resource
                        else (Piece(say("the run as a whole")),)
                    ),
                    *((Piece(say_lines(line.message, most=MESSAGE), "message"),) if line.message else ()),
                )
            ),
            name_cell(line.node, tell_site(line.site), tell_minute(line.newest_at)),
        )
        for line in brief.failures.lines
    )
    columns = (column("Status", mm=26), numbers("Nodes", mm=14), column("What fails", 2), column("Last on", 1))
    return (Table(columns, rows, note=tell_rest(brief.failures, "the console's overview groups them all")),)


def message_table(messages: Some[MessageLine], without: str) -> tuple[Block, ...]:
    """Failed runs grouped by what the tool said."""
    if not messages.lines:
        return (nothing(without),)
    rows = tuple(
        (
            number(line.runs),
            number(line.nodes),
            Cell((Piece(say_lines(line.message, most=MESSAGE), "message"), *_new(line))),
            name_cell(line.node, tell_site(line.site), tell_minute(line.first_at)),
        )
        for line in messages.lines
    )
    columns = (numbers("Runs", mm=14), numbers("Nodes", mm=14), column("Message", 2), column("First on", 1))
    return (Table(columns, rows, note=tell_rest(messages, "the console's failed runs list them")),)


def _new(line: MessageLine) -> tuple[Piece, ...]:
    return (Piece(say("new: none of the last 300 failed runs before said this"), "strong"),) if line.is_new else ()


def silent_nodes(brief: WeeklyBrief) -> tuple[Block, ...]:
    """Who has not been heard of, longest first as gathered."""
    heading = Heading(1, say(f"Silent nodes, as of {tell_moment(brief.about.told_at)}"), "silent")
    if not brief.silent.lines:
        return heading, nothing("No node is silent.")
    rows = tuple(
        (
            name_cell(line.name, tell_site(line.site), "muted" if line.is_muted else ""),
            told(line.environment or DASH),
            told(tell_moment(line.last_received_at)),
        )
        for line in brief.silent.lines
    )
    columns = (column("Node", 2), column("Environment", 1), Column(say("Last heard of"), mm=42, is_number=True))
    return heading, Table(columns, rows, note=tell_rest(brief.silent, "the console's node list has them under silent"))


def repeaters(brief: WeeklyBrief) -> tuple[Block, ...]:
    """Kept apart from the ranking: the nodes are well, the code is not."""
    heading = Heading(1, say("Repeaters: code to fix"), "repeaters")
    if not brief.repeaters.lines:
        return heading, nothing("No resource changes in nearly every run.")
    rows = tuple(
        (
            Cell(
                (
                    Piece(say(line.resource), "resource"),
                    *((Piece(say(line.evidence), "quiet"),) if line.evidence else ()),
                )
            ),
            number(line.nodes),
            number(line.changes),
            told(tell_minute(line.last_change_at)),
            name_cell(line.node, tell_site(line.site)) if line.node else told(DASH),
        )
        for line in brief.repeaters.lines
    )
    columns = (
        column("Resource", 2),
        numbers("Nodes"),
        numbers("Changes"),
        column("Last (UTC)"),
        column("For example", 1),
    )
    return (
        heading,
        Paragraph(
            say("These change in nearly every run by construction. They are not drift, and not in the ranking."),
            "quiet",
        ),
        Table(columns, rows, note=tell_rest(brief.repeaters, "the console's page Hotspots lists them apart")),
    )


def mutes(brief: WeeklyBrief) -> tuple[Block, ...]:
    """What was muted, by whom and until when: listed, not hidden."""
    heading = Heading(1, say("What was muted, and by whom"), "mutes")
    if not brief.mutes.lines:
        return heading, nothing("Nothing was muted in this week.")
    rows = tuple(
        (
            Cell((Piece(say(line.about), "name"),)),
            Cell((Piece(say_lines(line.text, most=MESSAGE)),)),
            told(line.owner),
            _until(line),
        )
        for line in brief.mutes.lines
    )
    columns = (column("Muted", 1.2), column("Why", 2), column("By", 0.6), column("From, until (UTC)", mm=42))
    return heading, Table(columns, rows, note=tell_rest(brief.mutes, "the console's page Notes lists them"))


def _until(line: MuteLine) -> Cell:
    """The span it holds for, and whether somebody has to think of it soon."""
    end = tell_minute(line.until) if line.until else "no end"
    pieces = [Piece(say(f"{tell_minute(line.since)} {DASH} {end}"))]
    if line.ended_at:
        by = f" by {line.ended_by}" if line.ended_by else ""
        pieces.append(Piece(say(f"ended {tell_minute(line.ended_at)}{by}"), "quiet"))
    elif line.ends_soon:
        pieces.append(Piece(say("ends within seven days"), "strong"))
    elif line.stands:
        pieces.append(Piece(say(f"stands {DOT} as of the cut-off"), "quiet"))
    return Cell(tuple(pieces))
