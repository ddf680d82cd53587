"""What became of the resources of a run, against the run before it?"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection

from reports.run import Outcome, Status
from reports.sql import load
from reports.store.tables import Change, ResourceSet, Run

NAME_RESOURCES = load(__file__, "name_resources")
NAME_FIRST_RESOURCES = load(__file__, "name_first_resources")

Ids: TypeAlias = frozenset[int]
RunKey: TypeAlias = tuple[int, UUID]  # cloned machines may tell of one id

NAMED = 100  # resources of a list that are named; the others are counted
UNCHANGED_NAMED = 2_000


@dataclass(frozen=True, slots=True)
class ResourceList:
    """How many they are, and the first of them by type and title, as `Type[title]`."""

    count: int = 0
    names: tuple[str, ...] = ()

    @property
    def unnamed(self) -> int:
        return self.count - len(self.names)


@dataclass(frozen=True, slots=True)
class RunResources:
    """Resources by what became of them. All but `unchanged` is told against the run before, and empty without one.

    None where it cannot be known, because the tool does not list what it finds in sync. What was skipped is neither
    failed nor mended.
    """

    unchanged: ResourceList | None = None
    skipped: int = 0  # those of which the tool said more than that they were
    came: ResourceList | None = None
    went: ResourceList | None = None
    newly_failed: ResourceList = ResourceList()
    mended: ResourceList = ResourceList()
    changed_again: ResourceList = ResourceList()  # in both runs
    changed_before: ResourceList = ResourceList()  # in the run before, and left alone in this one


@dataclass(frozen=True, slots=True)
class Account:
    """One run: `looked_at` is None where its tool does not list that."""

    looked_at: Ids | None
    by_status: Mapping[Status, Ids]
    has_failed: bool

    def of(self, status: Status) -> Ids:
        return self.by_status.get(status, frozenset())

    @property
    def touched(self) -> Ids:
        return frozenset().union(*self.by_status.values())

    def is_well(self, number: int) -> bool:
        """Whether the run came by this resource and found or left it as it should be."""
        if number in self.of(Status.FAILED) | self.of(Status.SKIPPED):
            return False
        return number in self.looked_at if self.looked_at is not None else not self.has_failed


def compare_resources(row: Run, before: Run | None, *, names_unchanged: bool = False) -> RunResources:
    """Three queries, each by key: what both runs list, what they touched, and how that is called."""
    now, *then = find_accounts([row] if before is None else [row, before])
    found = {"unchanged": None if now.looked_at is None else now.looked_at - now.touched}
    if then:
        found |= _compare(now, then[0])
    lists = name_lists(found, unchanged=UNCHANGED_NAMED if names_unchanged else 0)
    return RunResources(**lists, skipped=len(now.of(Status.SKIPPED)))  # type: ignore[arg-type]


def find_accounts(runs: Collection[Run]) -> tuple[Account, ...]:
    """What each of these runs looked at and touched, in the order given: two queries by key for all of them."""
    listed, touched = _find_listed(runs), _find_touched(runs)
    return tuple(_account(run, listed, touched) for run in runs)


def _account(run: Run, listed: Mapping[int, Ids], touched: Mapping[RunKey, Mapping[Status, Ids]]) -> Account:
    looked_at = None if run.resource_set_id is None else listed.get(run.resource_set_id)
    has_failed = run.outcome in {Outcome.FAILED, Outcome.STALE_CATALOG}
    return Account(looked_at, touched.get((run.node_id, run.id), {}), has_failed)


def _compare(now: Account, then: Account) -> dict[str, Ids | None]:
    both_list = now.looked_at is not None and then.looked_at is not None
    changed, changed_before = now.of(Status.SUCCESS), then.of(Status.SUCCESS)
    return {
        "came": now.looked_at - then.looked_at if both_list else None,  # type: ignore[operator]
        "went": then.looked_at - now.looked_at if both_list else None,  # type: ignore[operator]
        "newly_failed": now.of(Status.FAILED) - then.of(Status.FAILED),
        "mended": frozenset(filter(now.is_well, then.of(Status.FAILED))),
        "changed_again": changed & changed_before,
        "changed_before": frozenset(filter(now.is_well, changed_before - changed)),
    }


def _find_listed(runs: Iterable[Run]) -> dict[int, Ids]:
    wanted = {run.resource_set_id for run in runs if run.resource_set_id is not None}
    if not wanted:
        return {}
    rows = ResourceSet.objects.filter(id__in=wanted).values_list("id", "resource_ids")
    return {number: frozenset(ids) for number, ids in rows}


def _find_touched(runs: Collection[Run]) -> dict[RunKey, dict[Status, Ids]]:
    rows = (
        Change.objects.filter(
            node_id__in={run.node_id for run in runs},
            at__in={run.at for run in runs},
            run_id__in={run.id for run in runs},
        )
        .order_by()
        .values_list("node_id", "run_id", "status")
        .annotate(resource_ids=ArrayAgg("resource_id"))  # thousands, and a row for each takes many times as long
    )
    found: dict[RunKey, dict[Status, Ids]] = {}
    for node_id, run_id, status, ids in rows:
        found.setdefault((node_id, run_id), {})[Status(status)] = frozenset(ids)
    return found


def name_lists(lists: Mapping[str, Ids | None], **limits: int) -> dict[str, ResourceList | None]:
    """How many there are in each of these lists, and the first by name: NAMED of them, or as many as its limit says.

    One look-up for all; None stays None.
    """
    most = {word: limits.get(word, NAMED) for word, ids in lists.items() if ids}
    wanted = [word for word, limit in most.items() if limit]
    names: dict[str, list[str]] = {word: [] for word in wanted}
    if wanted:
        texts = [f"{{{','.join(map(str, lists[word] or ()))}}}" for word in wanted]
        with connection.cursor() as database:
            database.execute(NAME_FIRST_RESOURCES, {"lists": texts, "limits": [most[word] for word in wanted]})
            for place, kind, title in database.fetchall():
                names[wanted[place - 1]].append(f"{kind}[{title}]")
    return {
        word: None if ids is None else ResourceList(len(ids), tuple(names.get(word, ()))) for word, ids in lists.items()
    }


def find_names(numbers: Iterable[int]) -> dict[int, str]:
    """What these resources are called, by type and title, in that order. One look-up."""
    wanted = list(set(numbers))
    if not wanted:
        return {}
    with connection.cursor() as database:
        database.execute(NAME_RESOURCES, {"ids": wanted})
        return {number: f"{kind}[{title}]" for number, kind, title in database.fetchall()}


def list_named(ids: Ids, names: Mapping[int, str], *, limit: int = NAMED) -> ResourceList:
    """How many they are, and the first of them by name."""
    shown = itertools.islice((name for number, name in names.items() if number in ids), limit)
    return ResourceList(len(ids), tuple(shown))
