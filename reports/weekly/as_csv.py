"""A brief as CSV, for spreadsheets: a zip with one file a part, each of them harmless to open."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any, Final, TypeAlias, Union, get_args, get_origin, get_type_hints

from reports.analysis.cells import BYTE_ORDER_MARK, to_cell, write_rows
from reports.run import Json
from reports.weekly import parts
from reports.weekly.as_json import write_plain
from reports.weekly.brief import Counter, Definition, Line, WeeklyBrief
from reports.weekly.incident_brief import ChangeEntry, FactLine, IncidentBrief, SliceLine, VersionLine

Heads: TypeAlias = Mapping[str, Sequence[str]]  # the field of a line that holds several numbers → what each is called

_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ESCAPES: Final = "backslashreplace"  # for halves of surrogate pairs, which UTF-8 cannot hold

# Each part that is a table, and what its lines are.
_OF_WEEK: Final[Mapping[str, type]] = {
    "lines": Line,
    "counters": Counter,
    "days": parts.DayOfRuns,
    "nodes": parts.HotLine,
    "new_nodes": parts.HotLine,
    "environments": parts.EnvironmentLine,
    "resources": parts.HotLine,
    "new_resources": parts.HotLine,
    "heat_map": parts.HeatLine,
    "events": parts.EventLine,
    "failures": parts.FailureLine,
    "messages": parts.MessageLine,
    "silent": parts.SilentLine,
    "repeaters": parts.RepeaterLine,
    "mutes": parts.MuteLine,
    "definitions": Definition,
}
_OF_INCIDENT: Final[Mapping[str, type]] = {
    "counters": Counter,
    "slices": SliceLine,
    "versions": VersionLine,
    "events": parts.EventLine,
    "failures": parts.MessageLine,
    "facts": FactLine,
    "changes": ChangeEntry,
    "definitions": Definition,
}


def write_csv(brief: WeeklyBrief | IncidentBrief) -> bytes:
    """The zip. A part without lines is a file with nothing but its heads."""
    tables = _tables_of_week(brief) if isinstance(brief, WeeklyBrief) else _tables_of_incident(brief)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, rows in tables:
            at = brief.about.told_at.astimezone(UTC).timetuple()[:6]
            text = BYTE_ORDER_MARK + write_rows([to_cell(cell) for cell in row] for row in rows)
            file = zipfile.ZipInfo(f"{name}.csv", at)
            file.compress_type = zipfile.ZIP_DEFLATED
            folder.writestr(file, text.encode("utf-8", _ESCAPES))
    return written.getvalue()


Row: TypeAlias = Sequence[Json]
Table: TypeAlias = tuple[str, Iterable[Row]]


def _tables_of_week(brief: WeeklyBrief) -> Iterator[Table]:
    yield "about", _pairs(brief.about)
    days = [day.isoformat() for day in brief.heat_days]
    outcomes = [word.name for word in brief.outcomes]
    heads = {"days": {"runs": outcomes}, "heat_map": {"counts": days}}
    for name, kind in _OF_WEEK.items():
        yield name, _table(getattr(brief, name), kind, heads.get(name, {"trend": days}))
    if brief.hours:
        yield "hours", _hours(brief.hours)
    if brief.forecast:
        yield "forecast", _pairs(brief.forecast)
        yield "forecast_scores", _table(brief.forecast.scores, parts.Rated, {})
    yield "intake", _pairs(brief.intake)


def _tables_of_incident(brief: IncidentBrief) -> Iterator[Table]:
    yield "about", _pairs(brief.about)
    yield "notes", [("notes",), (brief.notes,)]
    for name, kind in _OF_INCIDENT.items():
        yield name, _table(getattr(brief, name), kind, {})
    moments = (
        (one.word.name, node.name, node.site, _plain(node.at)) for one in brief.moments for node in one.nodes.lines
    )
    yield "moments", [("happened", "name", "site", "at"), *moments]


def _table(part: Any, kind: type, heads: Heads) -> Iterator[Row]:  # noqa: ANN401 - any part of a brief
    yield list(_heads(kind, heads))
    for line in part.lines if isinstance(part, parts.Some) else part:
        yield list(_cells(line, kind, heads))


def _heads(kind: type, heads: Heads, before: str = "") -> Iterator[str]:
    for name, inner in _columns(kind):
        if name in heads:
            yield from (f"{before}{head}" for head in heads[name])
        elif inner is None:
            yield f"{before}{name}"
        else:
            yield from _heads(inner, heads, f"{before}{name}_")


def _cells(line: Any, kind: type, heads: Heads) -> Iterator[Json]:  # noqa: ANN401 - a line, or None
    for name, inner in _columns(kind):
        value = None if line is None else getattr(line, name)
        if name in heads:
            yield from value if value is not None else [None] * len(heads[name])
        elif inner is None:
            yield _plain(value)
        else:
            yield from _cells(value, inner, heads)


def _columns(kind: type) -> Iterator[tuple[str, type | None]]:
    """The fields of a line, and which of them are lines themselves. A word is told by its name alone."""
    hints = get_type_hints(kind)
    for field in dataclasses.fields(kind):
        hint = hints[field.name]
        kinds = get_args(hint) if get_origin(hint) is Union or not isinstance(hint, type) else (hint,)
        inner = next((one for one in kinds if dataclasses.is_dataclass(one) and one is not parts.Word), None)
        yield field.name, inner if isinstance(inner, type) else None


def _pairs(value: Any) -> Iterator[Row]:  # noqa: ANN401 - any dataclass
    """One thing, a line a field."""
    yield "name", "value"
    for field in dataclasses.fields(value):
        held = getattr(value, field.name)
        if not (isinstance(held, tuple) and held and dataclasses.is_dataclass(held[0])):
            yield field.name, _plain(held)


def _hours(hours: parts.HoursOfWeek) -> Iterator[Row]:
    yield "day", *(f"{hour:02}:00" for hour in range(24))
    for name, counts in zip(_WEEKDAYS, hours.counts, strict=True):
        yield name, *counts


def _plain(value: object) -> Json:
    """A value as `to_cell` takes it."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.name if isinstance(value, parts.Word) else write_plain(value)
