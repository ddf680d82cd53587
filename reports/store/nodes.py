"""The nodes that something arrived from: made known, locked, and their time of last sight moved on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.backends.utils import CursorWrapper

from reports.sql import load
from reports.store.text import clean_name

_SAVE = load(__file__, "save_nodes")


class Seen(NamedTuple):
    """Something of a node: when it happened, and when we got it."""

    node_id: int
    site: str
    name: str
    at: datetime
    received_at: datetime


def save_nodes(cursor: CursorWrapper, seen: Iterable[Seen]) -> set[int]:
    """Make the nodes known and lock their rows until the transaction ends; the ids of those that are new."""
    named: dict[int, Seen] = {}
    firsts: dict[int, datetime] = {}
    lasts: dict[int, datetime] = {}
    for one in seen:
        node = one.node_id
        named[node] = one
        firsts[node] = min(firsts.get(node, one.at), one.at, one.received_at)
        lasts[node] = max(lasts.get(node, one.received_at), one.received_at)
    if not named:
        return set()
    ids = sorted(named)
    columns: dict[str, Any] = {
        "ids": ids,
        "sites": [clean_name(named[node].site) for node in ids],
        "names": [clean_name(named[node].name) for node in ids],
        "firsts": [firsts[node] for node in ids],
        "lasts": [lasts[node] for node in ids],
    }
    cursor.execute(_SAVE, columns)
    return {node for node, is_new in cursor.fetchall() if is_new}
