"""Tell causes again that went stale: because of what another node told, or because the rules have changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from reports.drift.causes import explain
from reports.drift.explaining import Rules, explain_since
from reports.sql import load
from reports.store.marks import mark_stale
from reports.store.tables import StaleCause

_TAKE = load(__file__, "take_stale_causes")
_CLEAR = load(__file__, "clear_stale_causes")
_MARK_NODES = load(__file__, "mark_nodes")

_MOST_NODES = 20  # in one transaction, which holds up their reports


@dataclass(frozen=True, slots=True)
class ToldAgain:
    """How many nodes were explained again, and of how many runs anything counted came out otherwise.

    `is_busy`: none, because writers hold all that are left.
    """

    nodes: int = 0
    runs: int = 0
    is_busy: bool = False

    @property
    def is_any(self) -> bool:
        """Whether there may be more to tell again."""
        return self.is_busy or self.nodes > 0


def explain_stale(now: datetime, *, limit: int = _MOST_NODES, rules: Rules = explain) -> ToldAgain:
    """Tell the causes of up to `limit` marked nodes again, in one transaction.

    A node that a writer holds at this moment is left for the next time. A mark made meanwhile stays.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE, {"most": limit})
        taken = cursor.fetchall()
        if not taken:
            return ToldAgain(is_busy=StaleCause.objects.exists())
        moments = explain_since(cursor, {node: since for node, since, _ in taken}, now=now, rules=rules)
        cursor.execute(_CLEAR, {"node_ids": [node for node, *_ in taken], "marks": [marks for *_, marks in taken]})
        mark_stale(cursor, moments, [moment.at for moment in moments])
    return ToldAgain(len(taken), len(moments))


def mark_all_stale(since: datetime) -> int:
    """Mark all nodes that have changes from this moment on; how many."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK_NODES, {"since": since})
        marked: int = cursor.rowcount
    return marked
