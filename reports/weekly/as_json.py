"""A brief as one JSON document, for programs: docs/weekly-brief.md says what is in it."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, date, datetime
from typing import Any, Final

from reports.run import Json
from reports.weekly.brief import WeeklyBrief
from reports.weekly.incident_brief import IncidentBrief

VERSION: Final = 1  # of the document's shape: goes up when something in it is renamed or taken away


def write_json(brief: WeeklyBrief | IncidentBrief) -> bytes:
    """UTF-8. Times are ISO 8601 in UTC, days too; what is not known is null.

    What UTF-8 cannot hold (half of a surrogate pair) is written as JSON's own escape.
    """
    kind = "weekly brief" if isinstance(brief, WeeklyBrief) else "incident brief"
    document = {"kind": kind, "version": VERSION, **_object(brief)}
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n"


def write_moment(moment: datetime) -> str:
    """ISO 8601, in UTC."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _object(value: Any) -> dict[str, Json]:  # noqa: ANN401 - any dataclass
    return {field.name: _json(getattr(value, field.name)) for field in dataclasses.fields(value)}


def _json(value: object) -> Json:
    if isinstance(value, tuple):
        return [_json(one) for one in value]
    return _object(value) if dataclasses.is_dataclass(value) else write_plain(value)


def write_plain(value: object) -> Json:
    """One value that has no parts. Raises TypeError for what a brief does not hold."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime():
            return write_moment(value)
        case date():
            return value.isoformat()
        case _:
            raise TypeError(f"a brief holds no {type(value).__name__}")
