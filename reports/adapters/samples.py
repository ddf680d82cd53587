"""Samples: real reports that lie beside each adapter, with the reading that each must become.

A sample NAME of a tool is two files in `reports/adapters/TOOL/samples/`:

- `NAME.body.EXT`: the bytes as sent, decompressed;
- `NAME.expected.json`: `door`, `query`, `headers` and `received_at` of the request, `story` (one word for what
  happened: first_build, unchanged, corrected, changed, failed, pending, …) and `reading`, as `as_json` gives it.

`python -m reports.adapters.samples TOOL …` reads the samples again, rewrites their `reading` and prints what moved, for
review. A new sample starts with an expected file that holds everything but its `reading`.
"""

from __future__ import annotations

import dataclasses
import difflib
import enum
import functools
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from reports.adapters.contract import Adapter, Reading, Report
from reports.adapters.discovery import adapters
from reports.errors import UnreadableReport
from reports.run import Change, Json, ResourceOutcome

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_ADAPTERS = Path(__file__).parent
_BODY = ".body."
_EXPECTED = ".expected.json"


@dataclass(frozen=True, slots=True)
class Sample:
    """One report as it was sent, and what is expected of it: the whole content of its `.expected.json`."""

    tool: str
    name: str
    report: Report
    expected: dict[str, Any]

    @property
    def story(self) -> str:
        """One word for what happened on the node."""
        return str(self.expected["story"])


@functools.cache
def samples(adapter: Adapter) -> tuple[Sample, ...]:
    """All samples of a tool, by name; ValueError for a body without its expected file, or the other way round."""
    folder = _ADAPTERS / adapter.tool / "samples"
    bodies = {path.name.partition(_BODY)[0]: path for path in folder.glob(f"*{_BODY}*")}
    expected = {path.name.removesuffix(_EXPECTED): path for path in folder.glob(f"*{_EXPECTED}")}
    if lonely := bodies.keys() ^ expected.keys():
        raise ValueError(f"samples of {adapter.tool} need a body and an expected file each: {sorted(lonely)}")
    return tuple(_sample(adapter.tool, bodies[name], expected[name]) for name in sorted(bodies))


def _sample(tool: str, body: Path, expected: Path) -> Sample:
    told: dict[str, Any] = json.loads(expected.read_text())
    report = Report(
        door=told["door"],
        body=body.read_bytes(),
        received_at=datetime.fromisoformat(told["received_at"]),
        query=told["query"],
        headers=told["headers"],
    )
    return Sample(tool, expected.name.removesuffix(_EXPECTED), report, told)


def outcome_of(adapter: Adapter, report: Report) -> Json:
    """What the adapter makes of a report, as JSON: the reading, or `{"refused": the sentence}`."""
    try:
        return as_json(adapter.read(report))
    except UnreadableReport as refusal:
        return {"refused": str(refusal)}


def as_json(reading: Reading) -> Json:
    """A reading for human eyes, always the same for equal readings: enums by name, times as ISO 8601, UUIDs as text,
    sets in order; fields that hold their default are left out."""
    return _plain(reading)


def _plain(value: object) -> Json:
    match value:
        case enum.Enum():
            return value.name
        case datetime():
            return value.isoformat()
        case UUID() | UnreadableReport():
            return str(value)
        case bool() | int() | float() | str() | None:
            return value
        case Mapping():
            return {str(key): _plain(inner) for key, inner in value.items()}
        case Change() | ResourceOutcome():
            return {name: _plain(told) for name, told in value._asdict().items() if not _is_default(value, name, told)}
        case frozenset():
            return [_plain(inner) for inner in sorted(value)]
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return dict(_told_fields(value))
        case Iterable():
            return [_plain(inner) for inner in value]
    raise TypeError(f"a reading holds no {type(value).__name__}")


def _told_fields(value: DataclassInstance) -> Iterator[tuple[str, Json]]:
    for field in dataclasses.fields(value):
        told = getattr(value, field.name)
        default = field.default_factory() if callable(field.default_factory) else field.default
        if told != default:
            yield field.name, _plain(told)


def _is_default(value: Change | ResourceOutcome, name: str, told: object) -> bool:
    return name in value._field_defaults and told == value._field_defaults[name]


def rewrite(adapter: Adapter) -> Iterator[str]:
    """Read each sample again and store the reading as the expected one; yields the lines of difference."""
    for sample in samples(adapter):
        path = _ADAPTERS / adapter.tool / "samples" / f"{sample.name}{_EXPECTED}"
        before = path.read_text()
        after = _text({**sample.expected, "reading": outcome_of(adapter, sample.report)})
        if after != before:
            path.write_text(after)
            yield from difflib.unified_diff(before.splitlines(True), after.splitlines(True), path.name, path.name, n=1)


def _text(expected: Mapping[str, Json]) -> str:
    # ASCII only: samples hold control characters, right-to-left text and lone surrogates, which no editor shows alike.
    return json.dumps(expected, indent=1, ensure_ascii=True) + "\n"


def main(tools: list[str]) -> int:
    """Rewrite the samples of the named tools, or of all; 0, or 2 for a tool that is not there."""
    known = {adapter.tool: adapter for adapter in adapters()}
    if unknown := set(tools) - known.keys():
        sys.stderr.write(f"no adapter for {', '.join(sorted(unknown))}; there are {', '.join(known)}\n")
        return 2
    for tool in tools or known:
        sys.stdout.writelines(rewrite(known[tool]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
