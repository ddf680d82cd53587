"""How far the numbers can be trusted: last week's ranking against what came, what the doors took in, definitions."""

from __future__ import annotations

from reports.told import tell_size, tell_span
from reports.weekly.blocks import (
    Block,
    Card,
    Cell,
    Counters,
    Definitions,
    Heading,
    Paragraph,
    Table,
    column,
    numbers,
    told,
)
from reports.weekly.brief import About, Definition, WeeklyBrief
from reports.weekly.parts import Intake, Rated
from reports.weekly.printable import say
from reports.weekly.sheets.phrases import DASH, nothing, tell_count, tell_day, tell_minute, tell_moment


def forecast(brief: WeeklyBrief) -> tuple[Block, ...]:
    """How well last week's ranking did."""
    heading = Heading(1, say("How well last week's ranking did"), "forecast")
    foretold = brief.forecast
    if foretold is None:
        return heading, nothing("No ranking has been held against what came after it yet.")
    columns = (column("Ranked by", 2), numbers("AUC"), numbers(f"Precision of {foretold.top}"), numbers("Brier"))
    weeks = tell_count(foretold.weeks, "week")
    since = f"The week from {tell_day(foretold.since)} on, over the whole fleet; scores are of {weeks}."
    return (
        heading,
        Paragraph(say(foretold.sentence)),
        Table(columns, tuple(_rated(rated) for rated in foretold.scores), note=say(since)),
    )


def _rated(rated: Rated) -> tuple[Cell, ...]:
    scores = (rated.auc, rated.precision, rated.brier)
    return told(rated.name), *(told(DASH if score is None else f"{score:.3f}") for score in scores)


def intake(brief: WeeklyBrief) -> tuple[Block, ...]:
    """What came in at the doors."""
    it = brief.intake
    cards = (
        ("Accepted", f"{it.accepted:,}", tell_size(it.size), ""),
        ("Stored", f"{it.stored:,}", "new runs and facts", ""),
        ("Duplicates", f"{it.duplicates:,}", "counted once", ""),
        ("Ignored", f"{it.ignored:,}", "nothing to keep", ""),
        ("Refused", f"{it.refused:,}", f"before: {it.refused_before:,}", "failed" if it.refused else ""),
        ("Shed", f"{it.shed:,}", "the spool was full", "failed" if it.shed else ""),
    )
    return (
        Heading(1, say("Intake"), "intake"),
        Paragraph(say("Reports of the whole fleet in this week, whatever this brief is of."), "lead"),
        Counters(tuple(Card(say(label), say(number), say(under), tone) for label, number, under, tone in cards), 6),
        Paragraph(say(_waiting(it, brief.about))),
    )


def _waiting(it: Intake, about: About) -> str:
    last = f"The newest report came in {tell_moment(it.last_received_at)}."
    if not it.pending:
        return f"{last} Nothing waited in the spool at {tell_minute(about.told_at)} UTC."
    oldest = f", the oldest for {tell_span(it.oldest_pending_seconds)}" if it.oldest_pending_seconds else ""
    late = " The drain is behind." if it.is_behind else ""
    waited = f"{tell_count(it.pending, 'report')} waited in the spool at {tell_minute(about.told_at)} UTC"
    return f"{last} {waited}{oldest}.{late}"


def definitions(entries: tuple[Definition, ...], unknown: tuple[str, ...], made: str) -> tuple[Block, ...]:
    """How each number is counted, what cannot be known, and when and by what this was made."""
    blocks: list[Block] = [Heading(1, say("How the numbers are counted"), "definitions")]
    if entries:
        blocks.append(Definitions(tuple((say(entry.term), say(entry.sentence, most=1000)) for entry in entries)))
    if unknown:
        blocks.append(Heading(2, say("What this brief cannot know"), ""))
        blocks += (Paragraph(say(sentence, most=1000)) for sentence in unknown)
    blocks.append(Heading(2, say("About this brief"), ""))
    blocks.append(Paragraph(say(made, most=1000)))
    return tuple(blocks)


def made_of_week(about: About) -> str:
    """The last paragraph of a week."""
    query = f" Query: {about.query}." if about.query else ""
    return (
        f"{about.scope[:1].upper()}{about.scope[1:]} in {about.week}: days of {about.zone} from "
        f"{tell_day(about.first_day)} to {tell_day(about.last_day)}.{query} Made {tell_moment(about.told_at)} by "
        f"Fleetview {about.version} from reports up to {tell_moment(about.cut_off)}. The same data is in the CSV and "
        "JSON files that are kept beside it."
    )
