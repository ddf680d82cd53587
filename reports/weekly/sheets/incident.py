"""The sheets of an incident window: what was asked, what the reviewer wrote, and what changed, in order."""

from __future__ import annotations

import math
from typing import Final

from reports.weekly.blocks import (
    Bar,
    Bars,
    Block,
    Card,
    Cell,
    Counters,
    Frame,
    Heading,
    Masthead,
    Paragraph,
    Piece,
    Series,
    Sheets,
    Table,
    column,
    number,
    numbers,
    told,
)
from reports.weekly.incident_brief import IncidentAbout, IncidentBrief, Moments
from reports.weekly.printable import say, say_lines, say_plainly
from reports.weekly.sheets.changes import changes_in_order
from reports.weekly.sheets.front import card_of
from reports.weekly.sheets.phrases import (
    DASH,
    DOT,
    hint,
    name_cell,
    nothing,
    tell_count,
    tell_moment,
    tell_rest,
    tell_second,
    tell_site,
)
from reports.weekly.sheets.trouble import event_table, message_table
from reports.weekly.sheets.trust import definitions

_NOTES: Final = 20_100
_LABELS: Final = 12  # under more bars than this only some have room for the time they begin
_SERIES: Final = (
    ("failed", "resources that failed"),
    ("corrected", "corrections"),
    ("changed", "intended changes"),
    ("unknown", "other changes"),
)


def lay_out_incident(brief: IncidentBrief) -> Sheets:
    """Everything an incident brief holds, as blocks."""
    return Sheets(
        frame=_frame(brief.about),
        blocks=(
            *_front(brief),
            *_over_time(brief),
            *_versions(brief),
            *_nodes(brief),
            Heading(1, say("Fleet events"), "events"),
            *event_table(brief.events, "No fleet event in this window."),
            Heading(1, say("Runs that failed as a whole, by message"), "failures"),
            *message_table(brief.failures, "No run failed as a whole in this window."),
            *_facts(brief),
            *changes_in_order(brief),
            *definitions(brief.definitions, brief.about.unknown, _made(brief.about)),
        ),
    )


def _frame(about: IncidentAbout) -> Frame:
    return Frame(
        title=say_plainly(f"Fleetview incident brief: {about.title}", most=200),
        description=say_plainly(f"What changed from {_period(about)}"),
        author=say_plainly(about.reviewer, most=80),
        keywords=("Fleetview", "incident brief"),
        head_left=say(f"Incident brief {DOT} {about.title}", most=80),
        head_right=say(_period(about)),
        foot=say(f"{about.zone} {DOT} data up to {tell_moment(about.cut_off)} {DOT} Fleetview {about.version}"),
    )


def _front(brief: IncidentBrief) -> tuple[Block, ...]:
    about = brief.about
    notices = ["Made for somebody who sees a part of the fleet: it holds that part only."] if about.is_part else []
    facts = [
        ("Window", _period(about)),
        ("Nodes meant", tell_count(about.matching, "node")),
        ("Asked for", "; ".join(about.filters) or "every node"),
        ("Narrowed to", "; ".join(about.only)),
        ("Data up to", tell_moment(about.cut_off, about.zone)),
        ("Made", f"{tell_moment(about.told_at, about.zone)} for {about.reviewer}"),
    ]
    return (
        Masthead(
            kicker=say("FLEETVIEW INCIDENT BRIEF"),
            title=say(about.title, most=120),
            scope=say(""),
            facts=tuple((say(term), say(text, most=600)) for term, text in facts if text),
            notices=tuple(map(say, notices)),
        ),
        Counters(tuple(_card(brief, at) for at in range(len(brief.counters))), 6),
        Heading(1, say("The reviewer's notes"), "notes"),
        Paragraph(say_lines(brief.notes, most=_NOTES), "note")
        if brief.notes.strip()
        else nothing("None were written."),
    )


def _card(brief: IncidentBrief, at: int) -> Card:
    return card_of(brief.counters[at], change="")


def _period(about: IncidentAbout) -> str:
    return f"{tell_moment(about.since, about.zone)} {DASH} {tell_moment(about.until, about.zone)}"


def _over_time(brief: IncidentBrief) -> tuple[Block, ...]:
    """Changes and failures by slice; the ordered changes are the table behind it."""
    heading = Heading(1, say("What happened when"), "slices")
    if not any(line.failed + line.corrective + line.intended + line.other for line in brief.slices):
        return heading, nothing("Nothing changed and nothing failed in this window.")
    zone = brief.about.zone
    step = math.ceil(len(brief.slices) / _LABELS)
    bars = []
    for at, line in enumerate(brief.slices):
        parts = (line.failed, line.corrective, line.intended, line.other)
        label = tell_second(line.since, zone)[:5] if at % step == 0 else ""
        top = f"{sum(parts):,}" if step == 1 else ""
        bars.append(Bar(say(label), say(f"{line.runs:,} runs" if step == 1 else ""), say(top), parts))
    sums = [sum(bar.parts[at] for bar in bars) for at in range(len(_SERIES))]
    said = ", ".join(f"{count:,} {label}" for count, (_, label) in zip(sums, _SERIES, strict=True))
    alt = f"Stacked bars over {len(bars)} slices of the window: {said}. The ordered changes below have each of them."
    series = tuple(Series(name, say(label)) for name, label in _SERIES)
    return heading, Bars(series, tuple(bars), say_plainly(alt)), Paragraph(say(f"{said}. Times in {zone}."), "quiet")


def _versions(brief: IncidentBrief) -> tuple[Block, ...]:
    heading = Heading(1, say("Code versions that moved"), "versions")
    if not brief.versions.lines:
        return heading, nothing("No code version moved in this window.")
    zone = brief.about.zone
    rows = tuple(
        (
            told(tell_second(line.first_at, zone)),
            Cell((Piece(hint(line.before or "none told"), "message"), Piece(hint(line.version), "resource"))),
            told(f"{line.environment or 'no environment'}, {line.tool}"),
            number(line.nodes),
            name_cell(line.node, tell_site(line.site), "never seen before" if line.is_new else ""),
        )
        for line in brief.versions.lines
    )
    columns = (column(f"First at ({zone})", mm=30), column("Version before, and after", 2), column("Where", 1))
    where = "the console's page Incident lists them"
    table = Table((*columns, numbers("Nodes"), column("First on", 1.2)), rows, note=tell_rest(brief.versions, where))
    return heading, table


def _nodes(brief: IncidentBrief) -> tuple[Block, ...]:
    """Who went silent, came back, is new or was rebuilt."""
    blocks: list[Block] = [Heading(1, say("Nodes"), "moments")]
    for moments in brief.moments:
        blocks += (Heading(2, say(moments.word.label[:1].upper() + moments.word.label[1:])), *_moments(brief, moments))
    if not brief.moments:
        blocks.append(nothing("No node went silent, came back, was first heard of or was rebuilt."))
    return tuple(blocks)


def _moments(brief: IncidentBrief, moments: Moments) -> tuple[Block, ...]:
    if not moments.nodes.lines:
        return (nothing("None."),)
    zone = brief.about.zone
    rows = tuple(
        (told(tell_second(line.at, zone)), name_cell(line.name, tell_site(line.site))) for line in moments.nodes.lines
    )
    where = "the console's page Incident lists them"
    return (Table((column(f"At ({zone})", mm=40), column("Node", 1)), rows, note=tell_rest(moments.nodes, where)),)


def _facts(brief: IncidentBrief) -> tuple[Block, ...]:
    heading = Heading(1, say("Facts and packages that changed"), "facts")
    if not brief.facts.lines:
        return heading, nothing("No fact and no package is known to have changed.")
    zone = brief.about.zone
    rows = tuple(
        (
            told(tell_second(line.first_at, zone)),
            Cell((Piece(say(line.name), "resource"), Piece(say("package" if line.is_package else "fact"), "quiet"))),
            Cell((Piece(hint(line.old or "was not there"), "message"), Piece(hint(line.new or "is gone"), "value"))),
            number(line.nodes),
            name_cell(line.node, tell_site(line.site)),
        )
        for line in brief.facts.lines
    )
    columns = (
        column(f"First at ({zone})", mm=30),
        column("What", 1.2),
        column("Before, and after", 2),
        numbers("Nodes"),
    )
    where = "the console's page Incident lists them"
    return heading, Table((*columns, column("First on", 1.2)), rows, note=tell_rest(brief.facts, where))


def _made(about: IncidentAbout) -> str:
    query = f" Query: {about.query}." if about.query else ""
    return (
        f"{about.title}: {_period(about)}, zone {about.zone}.{query} Made {tell_moment(about.told_at)} by Fleetview "
        f"{about.version} for {about.reviewer}, from reports up to {tell_moment(about.cut_off)}. The same data is in "
        "the CSV and JSON files that are kept beside it."
    )
