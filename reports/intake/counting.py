"""Count what came in: a row a day, door and sender, added to in the transaction that stores the reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from reports.intake.envelope import Envelope
from reports.intake.tally import Drop
from reports.sql import load
from reports.store.arrived import Fate
from reports.store.text import clean_name

_COUNT = load(__file__, "count_intake")
_TOUCH = load(__file__, "touch_tokens")


@dataclass(slots=True)
class Numbers:
    """What came in by one door from one sender on one day. Added up here, and nowhere else."""

    stored: int = 0
    duplicates: int = 0
    ignored: int = 0
    refused: int = 0
    shed: int = 0
    bytes: int = 0
    last_received_at: datetime | None = None

    def add(self, kind: str, envelope: Envelope) -> None:
        """Count one report."""
        setattr(self, kind, getattr(self, kind) + 1)
        self.bytes += envelope.size
        self.last_received_at = max(self.last_received_at or envelope.received_at, envelope.received_at)


Key = tuple[date, str, str]


def kind_of(fates: Iterable[Fate]) -> str:
    """How a report counts, by the fates of its runs and inventories: as the best of them."""
    found = set(fates)
    if Fate.NEW in found or Fate.REPLACED in found:
        return "stored"
    return "duplicates" if Fate.DUPLICATE in found else "ignored"


def add_up(reports: Iterable[tuple[Envelope, str]]) -> dict[Key, Numbers]:
    """Numbers for reports and how each counts."""
    numbers: defaultdict[Key, Numbers] = defaultdict(Numbers)
    for envelope, kind in reports:
        numbers[envelope.received_at.date(), envelope.door, envelope.sender].add(kind, envelope)
    return numbers


def add_up_drops(drops: Mapping[Drop, int]) -> dict[Key, Numbers]:
    """Numbers for what doors dropped."""
    numbers: defaultdict[Key, Numbers] = defaultdict(Numbers)
    for drop, count in drops.items():
        found = numbers[drop.day, drop.door, drop.sender]
        found.shed += count if drop.kind == "shed" else 0
        found.ignored += count if drop.kind == "ignored" else 0
    return numbers


def save_counts(numbers: Mapping[Key, Numbers]) -> None:
    """Add to the days' rows, in the order of their keys, so that two drains never wait for each other in a circle."""
    if not numbers:
        return
    rows = sorted(numbers.items(), key=lambda item: item[0])
    keys, found = [key for key, _ in rows], [value for _, value in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNT,
            {
                "days": [day for day, _, _ in keys],
                "doors": [clean_name(door) for _, door, _ in keys],
                "senders": [clean_name(sender) for _, _, sender in keys],
                "stored": [one.stored for one in found],
                "duplicates": [one.duplicates for one in found],
                "ignored": [one.ignored for one in found],
                "refused": [one.refused for one in found],
                "shed": [one.shed for one in found],
                "bytes": [one.bytes for one in found],
                "last_received_at": [one.last_received_at for one in found],
            },
        )


def touch_tokens(used: Mapping[int, datetime]) -> None:
    """Remember when each credential was last used."""
    if used:
        with connection.cursor() as cursor:
            cursor.execute(_TOUCH, {"ids": sorted(used), "moments": [used[key] for key in sorted(used)]})
