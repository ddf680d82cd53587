"""The resources that runs looked at, and the states declared of those in sync: each set of them stored once, and
pointed at by every run that it is the same for.

What this process has stored before is remembered, so that a usual run costs one pass over its titles and no statement.
A set is stored again once a day, which only moves its `used_on`: sets nobody has used for long can be pruned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from django.db.backends.utils import CursorWrapper

from reports.run import Run
from reports.sql import load
from reports.store.ids import declared_id, declared_set_id, resource_id, resource_set_id
from reports.store.text import clean_value

_SAVE_RESOURCES = load(__file__, "save_resources")
_SAVE_SETS = load(__file__, "save_resource_sets")
_SAVE_DECLARED = load(__file__, "save_declared_sets")

_MOST_SETS = 50_000  # remembered; some 15 MB
_MOST_RESOURCES = 200_000

_id_of = lru_cache(maxsize=_MOST_RESOURCES)(resource_id)


class Listed(NamedTuple):
    """The ids of the sets of one run: the resources it looked at, and what it declared of those in sync."""

    resource_set_id: int | None = None  # None: the tool lists only what it changed
    declared_set_id: int | None = None  # None: the tool does not tell what it declares


@dataclass(slots=True)
class KnownSets:
    """What this process knows to be in the database. Told only after a commit."""

    day: date = date.min
    set_ids: dict[bytes, int] = field(default_factory=dict)  # digest of what a run told → id of its set
    resource_ids: set[int] = field(default_factory=set)

    def begin(self, day: date) -> None:
        """Another day asks for every set once more."""
        if day != self.day:
            self.set_ids.clear()
            self.day = day

    def learn(self, found: FoundSets) -> None:
        """Remember what is stored by now. What is too much is all forgotten: it comes back by itself."""
        if len(self.set_ids) + len(found.listings) > _MOST_SETS:
            self.set_ids.clear()
        if len(self.resource_ids) + len(found.resources) > _MOST_RESOURCES:
            self.resource_ids.clear()
        self.set_ids.update(found.listings)
        self.resource_ids.update(found.resources)

    def forget(self) -> None:
        """As if the process had just begun: for tests, which empty the tables."""
        self.day = date.min
        self.set_ids.clear()
        self.resource_ids.clear()


KNOWN = KnownSets()


@dataclass(slots=True)
class FoundSets:
    """What one batch met that may not be stored yet."""

    listings: dict[bytes, int] = field(default_factory=dict)
    sets: dict[int, list[int]] = field(default_factory=dict)
    declared_sets: dict[int, list[int]] = field(default_factory=dict)
    resources: dict[int, tuple[str, str]] = field(default_factory=dict)

    def find(self, run: Run) -> Listed:
        """The ids of the run's sets."""
        if not run.in_sync and not _tells_all(run):
            self._meet((resource.type, resource.title) for resource in run.resources)
            return Listed()
        types, titles, desired = zip(*run.in_sync, strict=True) if run.in_sync else ((), (), ())
        listing = _digest(run, types, titles)
        set_id = self._known(listing)
        if set_id is None:
            set_id = self._describe(run, listing)
        return Listed(set_id, self._find_declared(run, listing, desired))

    def _known(self, listing: bytes) -> int | None:
        return KNOWN.set_ids.get(listing) or self.listings.get(listing)

    def _describe(self, run: Run, listing: bytes) -> int:
        names = {(resource[0], resource[1]) for resource in run.in_sync}
        names.update((resource.type, resource.title) for resource in run.resources)
        ids = sorted(self._meet(names))
        set_id = resource_set_id(ids)
        self.listings[listing] = set_id
        self.sets[set_id] = ids
        return set_id

    def _find_declared(self, run: Run, listing: bytes, desired: Sequence[str | None]) -> int | None:
        if desired.count(None) == len(desired):
            return None
        told = "\0".join([one or "" for one in desired])
        declared = blake2b(told.encode(errors="surrogatepass"), key=listing, digest_size=16).digest()
        known = self._known(declared)
        return known if known is not None else self._describe_declared(run, declared)

    def _describe_declared(self, run: Run, declared: bytes) -> int:
        told = {declared_id(_id_of(one[0], one[1]), one[2]) for one in run.in_sync if one[2] is not None}
        ids = sorted(told)
        set_id = declared_set_id(ids)
        self.listings[declared] = set_id
        self.declared_sets[set_id] = ids
        return set_id

    def _meet(self, names: Iterable[tuple[str, str]]) -> set[int]:
        ids = set()
        for name in names:
            number = _id_of(*name)
            ids.add(number)
            if number not in KNOWN.resource_ids:
                self.resources[number] = name
        return ids


def _tells_all(run: Run) -> bool:
    """Whether every resource that the run looked at had something to tell, as in many a first build."""
    return 0 < len(run.resources) == run.counts.total


def save_sets(cursor: CursorWrapper, found: FoundSets, *, day: date) -> None:
    """Store what may be missing: first the resources, then the sets of them, each in the order of their ids."""
    if found.resources:
        ids = sorted(found.resources)
        names = [found.resources[number] for number in ids]
        types, titles = [clean_value(name[0]) for name in names], [clean_value(name[1]) for name in names]
        cursor.execute(_SAVE_RESOURCES, {"ids": ids, "types": types, "titles": titles})
    _save(cursor, _SAVE_SETS, found.sets, day)
    _save(cursor, _SAVE_DECLARED, found.declared_sets, day)


def _save(cursor: CursorWrapper, statement: str, found: Mapping[int, Iterable[int]], day: date) -> None:
    if found:
        ids = sorted(found)
        sets = ["{" + ",".join(map(str, found[number])) + "}" for number in ids]
        cursor.execute(statement, {"ids": ids, "sets": sets, "used_on": day})


def _digest(run: Run, types: Sequence[str], titles: Sequence[str]) -> bytes:
    """Of what the run lists, in its order: the order differs seldom, and then costs one more look at the set."""
    if told := run.resources:
        types, titles = [*types, *(one.type for one in told)], [*titles, *(one.title for one in told)]
    text = "\0".join(types) + "\1" + "\0".join(titles)
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()
