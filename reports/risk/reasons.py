"""Why the forecast of a node is what it is, in sentences that an operator reads; the weightiest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reports.risk.facts import Facts
from reports.risk.fleet_days import WEEK, FleetDays, Group
from reports.risk.model import Forecast
from reports.risk.signals import Signal

_MOST, _LEAST_WEIGHT = 4, 0.15  # sentences; log-odds
_MOST_NAME = 60  # characters of a role or an environment
_HARDLY_EVER, _NEARLY_DAILY = 90, 1.5  # days
_NEW = 2 * WEEK  # days
_LEAST_WEEKS = 3


class Reason(NamedTuple):
    """A sentence, and how many log-odds it moves the node up (or down) from the middle of the fleet."""

    sentence: str
    weight: float


def explain(fleet: FleetDays, forecast: Forecast, facts: Facts, place: int) -> list[str]:
    """The reasons of one node, at least one: first those that pull to the side on which the node came to lie."""
    found = list(_reasons(fleet, forecast, facts, place))
    towards = 1 if is_above_middle(forecast, place) else -1
    found.sort(key=lambda reason: (-towards * reason.weight, reason.sentence))
    telling = [reason for reason in found if abs(reason.weight) >= _LEAST_WEIGHT] or found[:2]
    return [reason.sentence for reason in telling[:_MOST]]


def is_above_middle(forecast: Forecast, place: int) -> bool:
    """Whether a node came to lie above the middle of the fleet."""
    return bool(forecast.moved[place].sum() >= 0)


def _reasons(fleet: FleetDays, forecast: Forecast, facts: Facts, place: int) -> Iterator[Reason]:
    moved = dict(zip(Signal, forecast.moved[place].tolist(), strict=True))
    own = float(forecast.signals.own_share[place])
    level = moved[Signal.LEVEL] + moved[Signal.RATE] + moved[Signal.RECENT] + moved[Signal.LONG]
    kin = name_group(fleet.groups[fleet.group_of[place]])
    yield from _tell_days(facts, place, own * level, moved)
    yield from _tell_weeks(facts, place, moved[Signal.WEEKLY])
    yield Reason(tell_habit(kin, float(forecast.signals.kin_daily[place])), (1 - own) * level + moved[Signal.KIN])
    turn = "more" if moved[Signal.LATELY] > 0 else "fewer"
    yield Reason(f"{kin} had {turn} bad days than usual of late.", moved[Signal.LATELY])


def _tell_days(facts: Facts, place: int, level: float, moved: dict[Signal, float]) -> Iterator[Reason]:
    """What its own days say. Their weight goes to the first of: corrected, failed, quiet."""
    corrected, failed, ran = (int(days[place]) for days in (facts.corrected_days, facts.failed_days, facts.ran_days))
    known, failing, quiet = (int(days[place]) for days in (facts.known_days, facts.failing_days, facts.quiet_days))
    if not known:
        yield Reason("It has not run in the last months: this is for when it does.", level + moved[Signal.SINCE])
        return
    if corrected:
        yield Reason(f"Corrected on {_of_last(corrected, ran, 'day')}.", level)
    if failed:
        of_days = _of_last(failing, failing, "day") if failing else _of_last(failed, ran, "day")
        yield Reason(f"Runs failed on {of_days}.", moved[Signal.FAILING] + (0.0 if corrected else level))
    if quiet >= WEEK:
        ever = "" if facts.had_event[place] else ", as long as it is known"
        yield Reason(f"Quiet for {quiet} days{ever}.", moved[Signal.SINCE] + (0.0 if corrected or failed else level))
    if known < _NEW:
        yield Reason(f"Known for {_count(known, 'day')} only: told mostly from its like.", _LEAST_WEIGHT)


def _tell_weeks(facts: Facts, place: int, weight: float) -> Iterator[Reason]:
    """How regular it is; nothing of a young node, or of one to which nothing happened."""
    hits, ran = int(facts.hit_weeks[place]), int(facts.ran_weeks[place])
    if ran >= _LEAST_WEEKS and hits:
        yield Reason(f"Corrected or failed in {_of_last(hits, ran, 'week')}.", weight)


def tell_habit(kin: str, daily: float) -> str:
    """How often nodes of a group have an event, from their share of days with one."""
    gap = 1 / max(daily, 1e-6)
    if gap > _HARDLY_EVER:
        return f"{kin} hardly ever need a correction or fail."
    often = "nearly every day" if gap < _NEARLY_DAILY else f"about every {gap:.0f} days"
    return f"{kin} need a correction or fail {often}."


def name_group(group: Group) -> str:
    """Those nodes, in words."""
    role = f"Nodes of role {_cut(group.role)}" if group.role else "Nodes"
    return f"{role} in {_cut(group.environment)}" if group.environment else role


def _of_last(number: int, of: int, what: str) -> str:
    if number < of:
        return f"{number} of its last {_count(of, what)}"
    return f"its last {what}" if of == 1 else f"each of its last {of} {what}s"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _cut(name: str) -> str:
    """What a fact says may be anything, of any length."""
    return name if len(name) <= _MOST_NAME else f"{name[: _MOST_NAME - 1]}…"
