"""The first page: what matters of a week in ten plain lines at most, and the counters in one, for a mail's subject.

A line stands there only where it has something to say. Names and messages in it are untrusted, cut and run together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from reports.told import shorten_digests, tell_share, tell_span
from reports.weekly.brief import Line, LineKind, WeeklyBrief
from reports.weekly.parts import HotLine, MuteLine

MOST_LINES: Final = 10
MOST_CHARACTERS: Final = 90  # of a name in a line
NAMED: Final = 3
_WEEK: Final = timedelta(days=7)


def tell_lines(brief: WeeklyBrief) -> tuple[Line, ...]:
    """The weightiest ten, in the order of what they are about; how the week went is always among them."""
    found = [line for tell in _WEIGHTIEST_FIRST for line in tell(brief)][:MOST_LINES]
    places = {kind: place for place, kind in enumerate(LineKind)}
    return tuple(sorted(found, key=lambda line: places[line.kind]))


def tell_subject(brief: WeeklyBrief) -> str:
    """The counters in one line."""
    runs = brief.counter("runs").number
    if not runs:
        return "no runs"
    corrections, nodes = brief.counter("corrections").number, brief.counter("corrected_nodes").number
    told = [
        count(runs, "run"),
        f"{_share(brief.counter('failed').number, runs)} failed",
        f"{count(corrections, 'correction')} on {count(nodes, 'node')}" if corrections else "no corrections",
    ]
    if brief.silent.count:
        told.append(f"{brief.silent.count:,} silent")
    return ", ".join(told)


def count(number: int, what: str) -> str:
    """A number of things: 1 node, 2,000 nodes."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def shorten(text: str, most: int = MOST_CHARACTERS) -> str:
    """A name or message in a line: on one line, and cut where it is long."""
    told = " ".join(text.split())
    return told if len(told) <= most else f"{told[: most - 1]}…"


def _runs(brief: WeeklyBrief) -> Iterator[Line]:
    runs, failed = brief.counter("runs"), brief.counter("failed")
    so_far = "" if brief.about.is_over else " so far"
    if not runs.number:
        yield Line(LineKind.WENT, f"No run ended in this week{so_far}.", "days")
        return
    nodes = brief.counter("nodes").number
    if _is_quiet(brief):
        text = f"A quiet week{so_far}: {count(runs.number, 'run')} on {count(nodes, 'node')}"
        yield Line(LineKind.WENT, f"{text}; none failed, and nothing had to be corrected.", "days")
        return
    text = f"{count(runs.number, 'run')}{so_far} on {count(nodes, 'node')}, {_share(failed.number, runs.number)} failed"
    if stale := brief.counter("stale_catalog").number:
        text += f", {stale:,} with a stale catalog"
    if runs.before and failed.before is not None:
        text += f"; the week before {count(runs.before, 'run')}, {_share(failed.before, runs.before)} failed"
    yield Line(LineKind.WENT, f"{text}.", "days")


def _is_quiet(brief: WeeklyBrief) -> bool:
    names = ("failed", "stale_catalog", "corrections")
    return not any(brief.counter(name).number for name in names)


def _corrections(brief: WeeklyBrief) -> Iterator[Line]:
    corrections, nodes = brief.counter("corrections"), brief.counter("corrected_nodes")
    if not corrections.number and not corrections.before:
        return
    text = f"{count(corrections.number, 'correction')} on {count(nodes.number, 'node')}"
    if corrections.before is not None:
        text += f"; the week before {corrections.before:,} on {nodes.before or 0:,}"
    if corrections.before and brief.about.is_over:
        text += _compare(corrections.number, corrections.before)
    yield Line(LineKind.WENT, f"{text}.", "nodes")


def _compare(number: int, before: int) -> str:
    """How much more or less that is, where it is worth a word."""
    percent = round(100 * (number - before) / before)
    if abs(percent) < 5:
        return ", about as many"
    return f", now {abs(percent):,} % {'more' if percent > 0 else 'fewer'}"


def _hottest(brief: WeeklyBrief) -> Iterator[Line]:
    for lines, what, part in (
        (brief.nodes.lines, "node", "nodes"),
        (brief.resources.lines, "resource", "resources"),
    ):
        if lines and lines[0].corrections:
            yield Line(LineKind.WENT, f"Hottest {what}: {_tell_hot(lines[0])}", part)


def _tell_hot(hot: HotLine) -> str:
    """Its corrections, how it behaves, and on what evidence the last of them is said to be one."""
    days = f"on {hot.days} of 7 days"
    where = f", on up to {count(hot.nodes, 'node')} a day" if hot.nodes else ""
    text = f"{shorten(hot.name)}, {count(hot.corrections, 'correction')} {days}{where}, {hot.before:,} the week before"
    if hot.hottest and hot.nodes is None:
        text += f"; mostly {shorten(hot.hottest)}"
    if hot.pattern and hot.evidence:
        text += f"; {hot.pattern.label}: {shorten(shorten_digests(hot.evidence), 120)}"
    elif hot.why:
        text += f"; {shorten(hot.why.reason, 160)}"
    return f"{text.rstrip('.')}."


def _event(brief: WeeklyBrief) -> Iterator[Line]:
    if not brief.events.lines:
        return
    largest = brief.events.lines[0]
    lasted = tell_span((largest.ended_at - largest.started_at).total_seconds())
    where = f" of {shorten(largest.environment)}" if largest.environment else ""
    text = f"Largest fleet event: {shorten(largest.resource)} corrected on {count(largest.nodes, 'node')}{where}"
    yield Line(LineKind.WENT, f"{text} within {lasted}, {_moment(largest.started_at)}.", "events")


def _forecast(brief: WeeklyBrief) -> Iterator[Line]:
    """Only of a week that is near this one: what an older backtest says is no news."""
    forecast = brief.forecast
    if forecast and abs(forecast.since - brief.about.first_day) <= _WEEK:
        yield Line(LineKind.WENT, f"Ranking by risk: {forecast.sentence}", "forecast")


def _new(brief: WeeklyBrief) -> Iterator[Line]:
    told = [
        (lines, what, part)
        for lines, what, part in (
            (brief.new_nodes, "node", "new_nodes"),
            (brief.new_resources, "resource", "new_resources"),
        )
        if lines
    ]
    if told and brief.counter("corrections").before is not None:
        texts = (f"{count(len(lines), what)} ({_names([line.name for line in lines])})" for lines, what, _ in told)
        yield Line(LineKind.NEW, f"Corrected, and not the week before: {'; '.join(texts)}.", told[0][2])


def _new_messages(brief: WeeklyBrief) -> Iterator[Line]:
    new = [line for line in brief.messages.lines if line.is_new]
    if new:
        text = f"{count(len(new), 'failure message')} not seen before; on most nodes ({new[0].nodes:,}):"
        yield Line(LineKind.NEW, f"{text} {shorten(new[0].message, 160)}", "messages")


def _moved(brief: WeeklyBrief) -> Iterator[Line]:
    first_seen = brief.counter("first_seen").number
    if first_seen and first_seen < brief.about.node_count:
        yield Line(LineKind.NEW, f"{count(first_seen, 'node')} reported for the first time.")


def _failures(brief: WeeklyBrief) -> Iterator[Line]:
    if not brief.failures.lines:
        return
    worst = brief.failures.lines[0]
    what = worst.resource or worst.message or f"{worst.status.label}, with nothing said"
    text = f"Fails on most nodes now ({worst.nodes:,}): {shorten(what, 160).rstrip('.')}"
    others = brief.failures.count - 1
    more = f"; besides it {count(others, 'other kind')} of failure" if others else ""
    yield Line(LineKind.DECIDE, f"{text}{more}.", "failures")


def _silent(brief: WeeklyBrief) -> Iterator[Line]:
    if not brief.silent.lines:
        return
    longest = brief.silent.lines[0]
    lately = brief.counter("gone_silent").number
    text = f"{count(brief.silent.count, 'node')} silent now, {lately:,} of them since this week"
    yield Line(
        LineKind.DECIDE,
        f"{text}; the longest: {shorten(longest.name)}, last heard {_moment(longest.last_received_at)}.",
        "silent",
    )


def _repeaters(brief: WeeklyBrief) -> Iterator[Line]:
    if not brief.repeaters.lines:
        return
    first, number = brief.repeaters.lines[0], brief.repeaters.count
    many = f"more than {number:,} resources" if brief.repeaters.is_more else count(number, "resource")
    verb = "changes" if many == "1 resource" else "change"
    text = f"Code to fix: {many} {verb} in nearly every run; on most nodes ({first.nodes:,}) {shorten(first.resource)}"
    yield Line(LineKind.DECIDE, f"{text}.", "repeaters")


def _mutes(brief: WeeklyBrief) -> Iterator[Line]:
    ending = [line for line in brief.mutes.lines if line.ends_soon]
    if ending:
        names = _names([_tell_mute(line) for line in ending])
        verbs = "ends within seven days and needs" if len(ending) == 1 else "end within seven days and need"
        yield Line(LineKind.DECIDE, f"{count(len(ending), 'mute')} {verbs} a decision: {names}.", "mutes")


def _tell_mute(line: MuteLine) -> str:
    until = f"{line.until:%a %-d %b}" if line.until else "with no end"
    return f"{shorten(line.about, 60)} ({shorten(line.owner, 40)}, {until})"


def _intake(brief: WeeklyBrief) -> Iterator[Line]:
    intake = brief.intake
    told = []
    if intake.refused:
        told.append(f"{count(intake.refused, 'report')} refused")
    if intake.shed:
        told.append(f"{count(intake.shed, 'report')} dropped under pressure")
    if intake.is_behind and intake.oldest_pending_seconds is not None:
        oldest = tell_span(intake.oldest_pending_seconds)
        told.append(f"{count(intake.pending, 'report')} waiting, the oldest for {oldest}")
    if told:
        yield Line(LineKind.DECIDE, f"Intake: {'; '.join(told)}.", "intake")


_WEIGHTIEST_FIRST: Final[tuple[Callable[[WeeklyBrief], Iterator[Line]], ...]] = (
    *(_runs, _corrections, _failures, _silent, _mutes, _intake, _event, _hottest, _new, _repeaters),
    *(_new_messages, _forecast, _moved),
)


def _share(part: int, whole: int) -> str:
    return tell_share(part / whole if whole else 0.0).replace("\N{NO-BREAK SPACE}", " ")


def _names(names: list[str]) -> str:
    told = ", ".join(shorten(name) for name in names[:NAMED])
    return told if len(names) <= NAMED else f"{told} and {len(names) - NAMED:,} more"


def _moment(at: datetime) -> str:
    return f"{at:%a %-d %b %H:%M} UTC"
