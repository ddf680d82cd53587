"""What is different in two runs, of one node or of two, of one tool or of two?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self, TypeAlias
from uuid import UUID

from django.db.models.functions import MD5, Left

from reports.analysis.run import find_row
from reports.analysis.run_resources import Account, Ids, ResourceList, find_accounts, find_names, name_lists
from reports.analysis.runs import RunLine, describe_run
from reports.errors import BadQuestion
from reports.run import Status
from reports.store.tables import Change, Node, Run, RunDetail

VALUE_PAIRS: Final = 100
TIMINGS: Final = 20
_LOOKED_AT: Final = 1_000  # resources that both runs touched and whose values are held against each other
_VALUE_CHARACTERS: Final = 2_000  # of a value are shown; that it differs is told from all of it
_TOLD = (Status.SUCCESS, Status.FAILED, Status.PENDING)

_Place: TypeAlias = tuple[int, str | None]  # a resource and its property


@dataclass(frozen=True, slots=True)
class RunName:
    """Which run is meant; `node` and `site` say whose, where nodes share an id."""

    id: UUID
    node: str | None = None
    site: str | None = None

    @classmethod
    def of(cls, line: RunLine) -> Self:
        return cls(line.id, line.node, line.site)


@dataclass(frozen=True, slots=True)
class RunSide:
    """One of the two runs. What a run keeps only where it changed something is None or empty without."""

    run: RunLine
    tool_version: str | None
    message: str | None
    has_timings: bool


@dataclass(frozen=True, slots=True)
class ToldValue:
    """What one run told of a property; the values are None where they are sensitive, or not told."""

    status: Status
    old: str | None
    new: str | None
    is_sensitive: bool


@dataclass(frozen=True, slots=True)
class ValuePair:
    """One property of one resource that both runs changed, failed at or would have changed, and not to the same end."""

    resource: str
    property: str | None
    a: ToldValue
    b: ToldValue


@dataclass(frozen=True, slots=True)
class TimingPair:
    """One thing that took time, in seconds; None where that run does not tell it."""

    what: str
    a: float | None
    b: float | None

    @property
    def apart(self) -> float:
        return abs((self.a or 0.0) - (self.b or 0.0))


@dataclass(frozen=True, slots=True)
class RunPair:
    """Two runs head to head.

    `only_a` and `only_b` are what only one of them looked at: None where that cannot be known, because a tool does not
    list what it finds in sync.
    """

    a: RunSide
    b: RunSide
    is_other_machine: bool  # on one node: as the runs themselves tell it
    only_a: ResourceList | None
    only_b: ResourceList | None
    failed_only_a: ResourceList
    failed_only_b: ResourceList
    failed_both: ResourceList
    changed_only_a: ResourceList
    changed_only_b: ResourceList
    changed_both: ResourceList
    values: tuple[ValuePair, ...]
    more_values: int
    timings: tuple[TimingPair, ...]
    more_timings: int

    @property
    def are_of_one_node(self) -> bool:
        return self.a.run.node_id == self.b.run.node_id


def compare_two_runs(a: RunName, b: RunName) -> RunPair:
    """Raises NothingFound, and BadQuestion where both are one run. The rows of these two runs, in ten queries."""
    row_a, node_a = find_row(a.id, node=a.node, site=a.site)
    row_b, node_b = find_row(b.id, node=b.node, site=b.site)
    if (row_a.node_id, row_a.id) == (row_b.node_id, row_b.id):
        raise BadQuestion("b: this is the very run that a is; name another one")
    details = _find_details((row_a, row_b))
    accounts = find_accounts((row_a, row_b))
    found = _sort_out(*accounts)
    values = _find_values((row_a, row_b), accounts)
    names = find_names(place[0] for place, *_ in values[:VALUE_PAIRS])
    timings = _pair_timings(details.of(row_a), details.of(row_b))
    machines = {row_a.machine_id, row_b.machine_id} - {None}
    lists = name_lists(found)
    return RunPair(
        a=_side(row_a, node_a, details),
        b=_side(row_b, node_b, details),
        is_other_machine=row_a.node_id == row_b.node_id and len(machines) == 2,
        values=tuple(ValuePair(names[place[0]], place[1], *told) for place, *told in values[:VALUE_PAIRS]),
        more_values=max(0, len(values) - VALUE_PAIRS),
        timings=timings[:TIMINGS],
        more_timings=max(0, len(timings) - TIMINGS),
        **lists,  # type: ignore[arg-type]
    )


class _Details(dict[tuple[int, UUID], RunDetail]):
    """What is kept of the two runs beyond their lines."""

    def of(self, row: Run) -> RunDetail | None:
        return self.get((row.node_id, row.id))


def _find_details(rows: Iterable[Run]) -> _Details:
    return _Details({(one.node_id, one.run_id): one for one in RunDetail.objects.filter(**_keys(rows)).defer("logs")})


def _keys(rows: Iterable[Run]) -> dict[str, Any]:
    """The condition that only the rows of these runs pass, and that their keys answer."""
    rows = tuple(rows)
    return {
        "node_id__in": {row.node_id for row in rows},
        "at__in": {row.at for row in rows},
        "run_id__in": {row.id for row in rows},
    }


def _side(row: Run, node: Node, details: _Details) -> RunSide:
    detail = details.of(row)
    return RunSide(
        run=describe_run(row, node),
        tool_version=detail.tool_version if detail else None,
        message=detail.message if detail else None,
        has_timings=bool(detail and detail.timings),
    )


def _sort_out(a: Account, b: Account) -> dict[str, Ids | None]:
    failed_a, failed_b = a.of(Status.FAILED), b.of(Status.FAILED)
    changed_a, changed_b = a.of(Status.SUCCESS), b.of(Status.SUCCESS)
    both_list = a.looked_at is not None and b.looked_at is not None
    return {
        "only_a": a.looked_at - b.looked_at if both_list else None,  # type: ignore[operator]
        "only_b": b.looked_at - a.looked_at if both_list else None,  # type: ignore[operator]
        "failed_only_a": failed_a - failed_b,
        "failed_only_b": failed_b - failed_a,
        "failed_both": failed_a & failed_b,
        "changed_only_a": changed_a - changed_b,
        "changed_only_b": changed_b - changed_a,
        "changed_both": changed_a & changed_b,
    }


def _find_values(rows: tuple[Run, Run], accounts: tuple[Account, ...]) -> list[tuple[_Place, ToldValue, ToldValue]]:
    """The properties that both runs told of and that did not come to the same end, in the order of the first run."""
    touched = [frozenset[int]().union(*(account.of(status) for status in _TOLD)) for account in accounts]
    both = sorted(touched[0] & touched[1])[:_LOOKED_AT]
    if not both:
        return []
    found = (
        Change.objects.filter(**_keys(rows), resource_id__in=both, status__in=_TOLD)
        .order_by("node_id", "run_id", "ordinal")
        .annotate(old_start=Left("old", _VALUE_CHARACTERS), new_start=Left("new", _VALUE_CHARACTERS), end=MD5("new"))
        .values_list("node_id", "run_id", "resource_id", "property", "status", "old_start", "new_start", "is_sensitive",
                     "end")
    )  # fmt: skip
    told: dict[tuple[int, UUID], dict[_Place, tuple[ToldValue, str | None]]] = {}
    for node_id, run_id, number, what, status, old, new, is_sensitive, end in found:
        value = ToldValue(Status(status), old, new, is_sensitive)
        told.setdefault((node_id, run_id), {})[number, what] = (value, end)  # the last one is what the run left behind
    first, second = (told.get((row.node_id, row.id), {}) for row in rows)
    return [
        (place, value, second[place][0])
        for place, (value, end) in first.items()
        if place in second and (value.status, end) != (second[place][0].status, second[place][1])
    ]


def _pair_timings(a: RunDetail | None, b: RunDetail | None) -> tuple[TimingPair, ...]:
    """Those furthest apart first; none where one of the runs keeps no times."""
    if not (a and b and a.timings and b.timings):
        return ()
    first, second = _seconds(a), _seconds(b)
    pairs = [TimingPair(what, first.get(what), second.get(what)) for what in {**first, **second}]
    return tuple(sorted(pairs, key=lambda pair: -pair.apart))


def _seconds(detail: RunDetail) -> Mapping[str, float]:
    return {what: float(seconds) for what, seconds in detail.timings}
