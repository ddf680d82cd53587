"""The first sheet of a week: what it is of, its counters, the ten lines; and what stands on every sheet."""

from __future__ import annotations

from typing import Final

from reports.weekly.blocks import Block, Card, Counters, Frame, Group, Heading, Lines, Masthead, ShortLine
from reports.weekly.brief import About, Counter, Line, LineKind, WeeklyBrief
from reports.weekly.printable import say, say_plainly
from reports.weekly.sheets.phrases import DASH, DOT, tell_before, tell_count, tell_day, tell_moment

GROUPS: Final = (
    (LineKind.WENT, "How it went", "Nothing can be said of this week."),
    (LineKind.NEW, "What is new", "Nothing that was not so the week before."),
    (LineKind.DECIDE, "What needs a decision", "Nothing that waits for one."),
)
_TONED: Final = {"failed", "stale_catalog", "corrected", "changed", "pending", "unchanged", "silent"}
_OF: Final = {
    "failed_nodes": "failed",
    "corrected_nodes": "corrected",
    "changed_nodes": "changed",
    "gone_silent": "silent",
}
# What else would take two lines of a card.
_SHORTER: Final = {"failed_nodes": "Nodes with a failed run", "gone_silent": "Gone silent, and still are"}
_ACROSS: Final = (6, 5, 4)  # counters in a row: the first that leaves none over


def frame_of(about: About) -> Frame:
    """Head, foot, and what the document says of itself."""
    title = f"Fleetview weekly brief {about.week}: {about.scope}"
    up_to = f"data up to {tell_moment(about.cut_off)}"
    return Frame(
        title=say_plainly(title, most=200),
        description=say_plainly(f"How {about.scope} did from {_period(about)} UTC"),
        author="Fleetview",
        keywords=("Fleetview", "weekly brief", about.week),
        head_left=say(f"Weekly brief {DOT} {about.scope}", most=80),
        head_right=say(about.week),
        foot=say(f" {DOT} ".join((f"{_period(about)} {about.zone}", up_to, f"Fleetview {about.version}"))),
    )


def front(brief: WeeklyBrief) -> tuple[Block, ...]:
    """The blocks of the first sheet."""
    about = brief.about
    year, week = about.week.split("-W")
    return (
        Masthead(
            kicker=say("FLEETVIEW WEEKLY BRIEF"),
            title=say(f"Week {int(week)} of {year}"),
            scope=say(f"{about.scope[:1].upper()}{about.scope[1:]}, {tell_count(about.node_count, 'node')}"),
            facts=(
                (say("Period"), say(f"{_period(about)}, whole days of {about.zone}")),
                (say("Data up to"), say(tell_moment(about.cut_off))),
                (say("Filters"), say("; ".join(about.filters) or "none", most=600)),
            ),
            notices=tuple(map(say, _notices(about))),
        ),
        Counters(tuple(card_of(counter) for counter in brief.counters), across(len(brief.counters))),
        Heading(1, say("The week in ten lines"), "lines"),
        Lines(tuple(_group(brief.lines, *group) for group in GROUPS)),
    )


def across(count: int) -> int:
    """How many counters stand in a row."""
    return next((some for some in _ACROSS if count % some == 0), _ACROSS[0])


def card_of(counter: Counter, *, change: str | None = None) -> Card:
    """A counter with how it was the week before; `change` in place of that."""
    tone = _OF.get(counter.name, counter.name if counter.name in _TONED else "")
    said = tell_before(counter.before) if change is None else change
    label = _SHORTER.get(counter.name, counter.label[:1].upper() + counter.label[1:])
    return Card(say(label), say(f"{counter.number:,}"), say(said), tone)


def _group(lines: tuple[Line, ...], kind: LineKind, title: str, without: str) -> Group:
    own = tuple(ShortLine(say(line.text), line.part) for line in lines if line.kind is kind)
    return Group(say(title), say(without), own)


def _notices(about: About) -> list[str]:
    notices = []
    if not about.is_over:
        notices.append(
            f"The week was not over when this was made, {tell_moment(about.told_at)}: its numbers will grow."
        )
    if about.is_part:
        notices.append("Made for somebody who sees a part of the fleet: it holds that part only.")
    return notices


def _period(about: About) -> str:
    return f"{tell_day(about.first_day)} {DASH} {tell_day(about.last_day)}"
