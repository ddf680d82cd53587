"""Which changes of a window stand behind one line of it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Left

from reports.analysis.changes import ChangeLine, describe_changes
from reports.analysis.incident_question import Span
from reports.analysis.paging import Keyset, Slice, take_slice
from reports.analysis.runs import within
from reports.errors import NothingFound
from reports.run import Cause, Status
from reports.store.ids import node_id
from reports.store.tables import Change

OLDEST_FIRST: Final = Keyset((("at", datetime.fromisoformat), ("node_id", int), ("run_id", UUID), ("ordinal", int)))
_DIGITS: Final = "0123456789"
_SAID: Final = 160  # characters of a message that failures are told apart by


@dataclass(frozen=True, slots=True)
class ChangeName:
    """One change: the node, the run, and its place in it."""

    node: str
    site: str
    run_id: UUID
    ordinal: int


def list_changes_alike(
    wanted: ChangeName, span: Span, *, cursor: str | None = None, limit: int = 100
) -> tuple[ChangeLine, Slice[ChangeLine]]:
    """The change, and all of the window that are folded with it (list_incident_changes.sql says which), oldest first.

    Raises NothingFound. Walks what the resource did in the window.
    """
    changes = Change.objects.filter(within(span.since, span.until))
    key = node_id(wanted.site, wanted.node)
    one = changes.filter(node_id=key, run_id=wanted.run_id, ordinal=wanted.ordinal).first()
    if one is None:
        raise NothingFound("no such change is kept of this window")
    alike = changes.filter(Q() if span.node_ids is None else Q(node_id__in=span.node_ids), **_same_as(one))
    if one.status == Status.FAILED:
        alike = alike.annotate(said=_without_digits(Left(F("message"), _SAID)))
        alike = alike.filter(said=None if one.message is None else _strip_digits(one.message))
    found = take_slice(alike, OLDEST_FIRST, cursor=cursor, limit=limit)
    (first, *lines) = describe_changes([one, *found.rows])
    return first, Slice(tuple(lines), found.next, found.previous)


def _same_as(one: Change) -> dict[str, Any]:
    names = ["resource_id", "tool", "property", "status", "cause"]
    if one.cause != Cause.REPEATED:
        names += ["old", "new"]
    return {name: getattr(one, name) for name in names}


def _without_digits(text: Left) -> Func:
    return Func(text, Value(_DIGITS), Value(""), function="translate", output_field=TextField())


def _strip_digits(text: str) -> str:
    return text[:_SAID].translate(dict.fromkeys(map(ord, _DIGITS)))
