"""Runs by day and outcome, and by environment."""

from __future__ import annotations

from reports.told import tell_share
from reports.weekly.blocks import Bar, Bars, Block, Heading, Paragraph, Series, Table, column, number, numbers, told
from reports.weekly.brief import WeeklyBrief
from reports.weekly.parts import DayOfRuns
from reports.weekly.printable import say
from reports.weekly.sheets.phrases import DASH, nothing, tell_day, tell_short_day
from reports.weekly.sheets.phrases import name_cell as name


def runs_by_day(brief: WeeklyBrief) -> tuple[Block, ...]:
    """The bars, and the numbers behind them."""
    heading = Heading(1, say("Runs by day and outcome"), "days")
    if not any(day.total for day in brief.days):
        return heading, nothing("No run ended in these two weeks.")
    return (
        heading,
        *_bars(brief),
        Table(
            columns=(
                column("Day (UTC)", 2),
                *(numbers(word.label.capitalize()) for word in brief.outcomes),
                numbers("All runs"),
                numbers("Corrections"),
            ),
            is_whole=True,
            rows=tuple(
                (told(tell_day(day.day)), *map(number, day.runs), number(day.total), number(day.corrections))
                for day in brief.days
            ),
        ),
    )


def _bars(brief: WeeklyBrief) -> tuple[Block, ...]:
    """Unchanged runs are nearly all: in one stack with them no failure would be seen."""
    shown = [at for at, word in enumerate(brief.outcomes) if word.name != "unchanged"]
    if not any(day.runs[at] for day in brief.days for at in shown):
        return (nothing("Every run of these two weeks found everything as it should be."),)
    series = tuple(Series(brief.outcomes[at].name, say(brief.outcomes[at].label)) for at in shown)
    bars = tuple(_bar(day, tuple(day.runs[at] for at in shown)) for day in brief.days)
    return (
        Bars(series, bars, _alt(brief), tall=31),
        Paragraph(
            say(
                "Above each bar: runs that failed, put drift right, changed or had something to do. Below it: of how "
                "many runs in all; the others found everything as it should be. The days in grey are the week before."
            ),
            "quiet",
        ),
    )


def _bar(day: DayOfRuns, parts: tuple[int, ...]) -> Bar:
    return Bar(
        label=say(tell_short_day(day.day)),
        under=say(f"of {day.total:,}"),
        top=say(f"{sum(parts):,}"),
        parts=parts,
        is_faint=not day.is_of_week,
    )


def _alt(brief: WeeklyBrief) -> str:
    """What the bars show, in a sentence."""
    week = [day for day in brief.days if day.is_of_week]
    sums = [sum(day.runs[at] for day in week) for at in range(len(brief.outcomes))]
    said = ", ".join(f"{count:,} {word.label}" for word, count in zip(brief.outcomes, sums, strict=True))
    worst = max(week, key=lambda day: day.runs[0])
    return (
        f"Stacked bars of runs by outcome on each of 14 days; in the week {said}; most failures on "
        f"{tell_day(worst.day)}. The table below has the numbers."
    )


def environments(brief: WeeklyBrief) -> tuple[Block, ...]:
    """One row for each environment that had a run."""
    heading = Heading(2, say("By environment"), "environments")
    if not brief.environments:
        return heading, nothing("No environment had a run in this week.")
    return (
        heading,
        Table(
            columns=(
                column("Environment", 1.3),
                numbers("Runs"),
                numbers("With corrections"),
                numbers("Share"),
                numbers("Corrections"),
                numbers("Week before"),
                numbers("Nodes corrected"),
                column("Hottest resource", 2),
            ),
            rows=tuple(
                (
                    name(line.name) if line.name else told("none told"),
                    number(line.runs),
                    number(line.corrected_runs),
                    told(tell_share(line.share_of_runs)),
                    number(line.corrections),
                    number(line.before),
                    number(line.nodes),
                    name(line.hottest) if line.hottest else told(DASH),
                )
                for line in brief.environments
            ),
        ),
    )
