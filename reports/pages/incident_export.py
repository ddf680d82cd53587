"""The changes of an incident window as a file, each line of the page a row."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.http import QueryDict

from reports.analysis.incident_changes import FoldedChange, list_incident_changes
from reports.analysis.incident_question import find_span
from reports.analysis.paging import Slice
from reports.pages.columns import Column
from reports.pages.export import BATCH, Find
from reports.pages.incident_asked import read_incident

COLUMNS: Final = (
    Column("first_at"),
    Column("last_at"),
    Column("nodes"),
    Column("times"),
    *(Column(name, path=f"change.{name}") for name in ("node", "site", "resource", "property", "old", "new")),
    *(Column(name, path=f"change.{name}") for name in ("status", "cause", "reason", "message", "tool", "environment")),
    Column("run_id", path="change.run_id"),
    Column("code_version"),
    Column("is_new_resource"),
    Column("is_new_on_node"),
    Column("is_new_error"),
)


def open_incident(query: QueryDict, now: datetime) -> Find:
    """The lines of the window, in the order that is asked for. Each batch folds the window anew."""
    asked = read_incident(query, now)
    span = find_span(asked.question, now)

    def find(cursor: str | None) -> Slice[FoldedChange]:
        return list_incident_changes(asked.question, span, cursor=cursor, limit=BATCH).page

    return find
