"""Foretell the next seven days of every node, and keep it. Same counts and same time: same numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from reports.risk.facts import read_facts
from reports.risk.fleet_days import WEEK, FleetDays
from reports.risk.model import LESSONS, Forecast, foretell_week, read_lessons
from reports.risk.past import Window, read_past
from reports.risk.reasons import explain, is_above_middle
from reports.risk.tables import NodeRisk
from reports.rollups.tables import NodeState
from reports.run import Pattern
from reports.sql import load
from reports.store.copying import copy_rows

LIST_HABITS = load(__file__, "list_habits")
LOCK = load(__file__, "lock_foretelling")

WINDOW_DAYS = (LESSONS + 6) * WEEK  # those that teach, and what was to be known before the first of them
EVERY = timedelta(hours=1)
_HABITS = (Pattern.PERIODIC, Pattern.TUG_OF_WAR)
_MOST_EVIDENCE = 200  # characters of a resource and its evidence


@dataclass(frozen=True, slots=True)
class Foretold:
    """Of how many nodes it was foretold."""

    nodes: int


def foretell_when_due(now: datetime) -> Foretold | None:
    """Foretell once an hour, and sooner where a tenth of the fleet is new; None: it is not due."""
    newest = NodeRisk.objects.values_list("foretold_at", flat=True).first()
    if newest and now - newest < EVERY and NodeRisk.objects.count() >= 0.9 * NodeState.objects.count():
        return None
    return foretell(now)


def foretell(now: datetime) -> Foretold:
    """Foretell every node anew, in one transaction: readers see the old numbers or the new ones.

    Costs one pass over eighteen weeks of node_day (see past.py) and over node_resource, and writes a row a node.
    """
    today = now.astimezone(UTC).date()
    window = Window(today - timedelta(days=WINDOW_DAYS - 1), today + timedelta(days=1))
    with transaction.atomic():
        fleet = read_past(window, now=now)
        # Today is not over, so no week that ends today has been seen to its end.
        forecast = foretell_week(fleet, read_lessons(fleet.before(fleet.length - 1)))
        _write(_rows(fleet, forecast, now))
    return Foretold(len(fleet.node_ids))


def _rows(fleet: FleetDays, forecast: Forecast, now: datetime) -> Iterable[tuple[int, float, str, datetime]]:
    facts, habits, silent = read_facts(fleet), _list_habits(now), _list_silent(now)
    for place, node_id in enumerate(fleet.node_ids.tolist()):
        reasons = explain(fleet, forecast, facts, place)
        if node_id in habits and is_above_middle(forecast, place):
            reasons.insert(1, habits[node_id])
        if node_id in silent:
            reasons.insert(0, f"Silent since {silent[node_id]:%-d %b %Y}: this is for when it runs again.")
        yield node_id, float(forecast.chances[place]), array_literal(reasons), now


def _write(rows: Iterable[tuple[int, float, str, datetime]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        NodeRisk.objects.all().delete()
        copy_rows(cursor, "node_risk", ("node_id", "probability", "reasons", "foretold_at"), rows)


def _list_habits(now: datetime) -> dict[int, str]:
    """By node, its hottest resource that changes by the clock or between two owners."""
    with connection.cursor() as cursor:
        cursor.execute(
            LIST_HABITS, {"patterns": [int(pattern) for pattern in _HABITS], "since": now - timedelta(days=30)}
        )
        return {node_id: _cut(f"{kind}[{title}]: {evidence}") for node_id, kind, title, evidence in cursor.fetchall()}


def _list_silent(now: datetime) -> dict[int, datetime]:
    """The nodes of which nothing was heard for a while, and since when."""
    rows = NodeState.objects.filter(last_received_at__lt=now - settings.FLEETVIEW_SILENT_AFTER)
    return dict(rows.values_list("node_id", "last_received_at"))


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= _MOST_EVIDENCE else f"{sentence[: _MOST_EVIDENCE - 1]}…"


def array_literal(texts: Sequence[str]) -> str:
    """Texts as PostgreSQL reads an array of them."""
    quoted = ('"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for text in texts)
    return "{" + ",".join(quoted) + "}"
