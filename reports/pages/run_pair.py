"""Two runs head to head, as pages tell it."""

from __future__ import annotations

from dataclasses import dataclass

from reports.analysis.run_pair import RunPair, RunSide, TimingPair, ToldValue, ValuePair
from reports.pages.differences import Difference, tell_difference
from reports.pages.links import MAIN_SITE, link_to_resource
from reports.pages.rows import RunRow
from reports.pages.run_difference import Group, Moved, group_of, tell_moved
from reports.pages.words import CHANGE_STATUSES, Word
from reports.run import Outcome
from reports.told import tell_duration


@dataclass(frozen=True, slots=True)
class SideCard:
    """One of the two runs; `letter` is what it is called in the rest of the page."""

    letter: str
    row: RunRow
    tool_version: str | None
    message: str | None


@dataclass(frozen=True, slots=True)
class ValueSide:
    """What one run did to a property."""

    word: Word
    difference: Difference


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One property that the two runs left differently."""

    resource: str
    property: str | None
    link: str
    a: ValueSide
    b: ValueSide


@dataclass(frozen=True, slots=True)
class TimingPairRow:
    """One thing that took time; `apart` says in words which of the two took longer, and by how much."""

    what: str
    link: str | None
    a: float | None
    b: float | None
    apart: str


@dataclass(frozen=True, slots=True)
class RunPairPart:
    """`knows_resources` is False where a tool does not list what it finds in sync; `may_be_short` where a run that
    failed may not have come by all of its resources; `keeps_times` where both runs kept what they spent theirs on."""

    cards: tuple[SideCard, ...]
    are_of_one_node: bool
    are_of_one_tool: bool
    is_other_machine: bool
    moved: tuple[Moved, ...]
    groups: tuple[Group, ...]
    knows_resources: bool
    may_be_short: bool
    values: tuple[ValueRow, ...]
    more_values: int
    keeps_times: bool
    timings: tuple[TimingPairRow, ...]
    more_timings: int


def tell_run_pair(pair: RunPair) -> RunPairPart:
    """Everything that the page shows of the two."""
    a, b = pair.a.run, pair.b.run
    return RunPairPart(
        cards=(_card("A", pair.a), _card("B", pair.b)),
        are_of_one_node=pair.are_of_one_node,
        are_of_one_tool=a.tool == b.tool,
        is_other_machine=pair.is_other_machine,
        moved=_moved(pair),
        groups=_groups(pair),
        knows_resources=pair.only_a is not None,
        may_be_short=bool({a.outcome, b.outcome} & {Outcome.FAILED, Outcome.STALE_CATALOG, None}),
        values=tuple(_value_row(value) for value in pair.values),
        more_values=pair.more_values,
        keeps_times=pair.a.has_timings and pair.b.has_timings,
        timings=tuple(_timing_row(timing) for timing in pair.timings),
        more_timings=pair.more_timings,
    )


def _card(letter: str, side: RunSide) -> SideCard:
    return SideCard(letter, RunRow.of(side.run), side.tool_version, side.message)


def _moved(pair: RunPair) -> tuple[Moved, ...]:
    a, b = pair.a.run, pair.b.run
    names = (("Node", a.node, b.node), ("Site", _place(a.site), _place(b.site)), ("Tool", a.tool, b.tool))
    whose = tuple(Moved(label, one, other) for label, one, other in names if one != other)
    return (*whose, *tell_moved(a, b, versions=(pair.a.tool_version, pair.b.tool_version)))


def _place(site: str) -> str:
    return site or MAIN_SITE


def _groups(pair: RunPair) -> tuple[Group, ...]:
    """Only those that occur, what hurts first."""
    told = (
        ("failed in both", "failed", pair.failed_both),
        ("failed only in A", "failed", pair.failed_only_a),
        ("failed only in B", "failed", pair.failed_only_b),
        ("changed in both", "repeated", pair.changed_both),
        ("changed only in A", "changed", pair.changed_only_a),
        ("changed only in B", "changed", pair.changed_only_b),
        ("looked at only by A", "pending", pair.only_a),
        ("looked at only by B", "pending", pair.only_b),
    )
    return tuple(group_of(label, kind, found) for label, kind, found in told if found is not None and found.count)


def _value_row(value: ValuePair) -> ValueRow:
    return ValueRow(
        resource=value.resource,
        property=value.property,
        link=link_to_resource(value.resource),
        a=_value_side(value.a),
        b=_value_side(value.b),
    )


def _value_side(told: ToldValue) -> ValueSide:
    return ValueSide(
        word=CHANGE_STATUSES[told.status],
        difference=tell_difference(told.old, told.new, diff=None, is_sensitive=told.is_sensitive),
    )


def _timing_row(timing: TimingPair) -> TimingPairRow:
    is_resource = timing.what.endswith("]") and timing.what.find("[") > 0
    return TimingPairRow(
        what=timing.what,
        link=link_to_resource(timing.what) if is_resource else None,
        a=timing.a,
        b=timing.b,
        apart=_apart(timing),
    )


def _apart(timing: TimingPair) -> str:
    if timing.a is None or timing.b is None:
        return "only in B" if timing.a is None else "only in A"
    if timing.apart < 0.001:
        return "the same"
    return f"{'B' if timing.b > timing.a else 'A'} took {tell_duration(timing.apart)} longer"
