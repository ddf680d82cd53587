"""The published schema of our own JSON, and that the reader takes exactly what it says."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from reports.adapters.contract import Report
from reports.adapters.generic import ADAPTER
from reports.adapters.generic.door import DOOR
from reports.adapters.generic.publish import PATH
from reports.adapters.generic.schema import schema, text
from reports.adapters.samples import samples
from reports.errors import UnreadableReport

_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    """RFC 3339, for years that we take."""
    if not isinstance(value, str):
        return True
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})", value):
        return False
    return 1970 <= datetime.fromisoformat(value).year <= 9998


_VALIDATOR = Draft202012Validator(schema(), format_checker=_FORMATS)

_MOMENTS = st.sampled_from(
    [
        *("2026-11-16T06:00:00Z", "2026-11-16T06:00:00.123+05:30", "2026-11-16T06:00:00", "2026-02-30T06:00:00Z"),
        *("1969-12-31T23:59:59Z", "9999-01-01T00:00:00Z", "now", ""),
    ]
)
_TEXTS = st.sampled_from(["", "x", "web01", "ansible", "Ansible", "a\n", "changed", "x" * 255, "x" * 256, "\u00fc\0"])
_VALUES: st.SearchStrategy[Any] = st.one_of(
    *(st.none(), st.booleans(), st.integers(-2, 3), st.just(0.5), st.just([]), st.just({}), _TEXTS, _MOMENTS)
)

_RIGHT: dict[str, st.SearchStrategy[Any]] = {
    "date-time": st.just("2026-11-16T06:00:00Z"),
    "pattern": st.just("ansible"),
    "string": st.sampled_from(["x", "web01", "x" * 255]),
    "boolean": st.booleans(),
    "null": st.none(),
    "number": st.sampled_from([0, 9, 1.0, 7.5]),
    "object": st.dictionaries(_TEXTS, _TEXTS, max_size=2),
}


def _objects(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """Objects after a definition of the schema: mostly right, sometimes with a key gone, wrong or too many."""
    definition = schema()["$defs"][name]
    required = set(definition["required"])
    right = {key: _after(told) for key, told in definition["properties"].items()}
    fair = st.fixed_dictionaries(
        {key: right[key] for key in required}, optional={key: right[key] for key in right.keys() - required}
    )
    spoilt = st.tuples(fair, st.sampled_from([*right, "unknown"]), _VALUES).map(lambda t: {**t[0], t[1]: t[2]})
    short = st.tuples(fair, st.sampled_from(sorted(required or right))).map(
        lambda t: {key: value for key, value in t[0].items() if key != t[1]}
    )
    return st.one_of(fair, fair, spoilt, short)


def _after(told: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values after a part of the schema."""
    match told:
        case {"anyOf": [*choices]}:
            return st.one_of([_after(choice) for choice in choices])
        case {"$ref": str(reference)}:
            return st.deferred(lambda: _objects(reference.rpartition("/")[2]))
        case {"enum": [*words]}:
            return st.sampled_from(words)
        case {"type": "array", "items": items}:
            return st.lists(_after(items), max_size=2)
        case {"type": str(kind)}:
            return _RIGHT.get(told.get("format", "pattern" if "pattern" in told else kind), _VALUES)
    return _VALUES


def _is_read(document: object) -> bool:
    report = Report("generic", json.dumps(document).encode(), datetime(2026, 11, 16, tzinfo=UTC), {}, {})
    try:
        return not ADAPTER.read(report).refusals
    except UnreadableReport as refusal:
        assert "api/v1/reports/generic/schema" in str(refusal) or "1 to 1000" in str(refusal)
        return False


_RUN = _objects("RunDocument")
_SMALLEST = {"tool": "ansible", "node": "web01", "started_at": "2026-11-16T06:00:00Z", "status": "success"}


@settings(max_examples=300, deadline=None)
@given(document=_RUN | st.lists(_RUN, max_size=2) | _VALUES)
@example(document=_SMALLEST)
@example(document=[_SMALLEST] * 1000)
@example(document=[_SMALLEST] * 1001)
@example(document={**_SMALLEST, "tool": "ansible\n"})
@example(document={**_SMALLEST, "unlisted": {"unchanged": 1.0}})
@example(
    document={**_SMALLEST, "resources": [{"type": "a", "title": "b", "status": "changed", "duration_seconds": -1}]}
)
def test_reader_takes_what_the_schema_allows_and_nothing_else(document: object) -> None:
    assert _is_read(document) == _VALIDATOR.is_valid(document)


def test_published_file_is_the_schema_of_the_classes() -> None:
    assert PATH.read_text() == text(), "run python -m reports.adapters.generic.publish"
    Draft202012Validator.check_schema(schema())


def test_schema_is_given_beside_the_door() -> None:
    (get,) = DOOR.gets
    assert re.fullmatch(get.path, "api/v1/reports/generic/schema")
    assert json.loads(get.answer.body) == schema()


def test_every_field_is_told_apart_by_name_and_closed() -> None:
    for definition in schema()["$defs"].values():
        assert definition["additionalProperties"] is False


def test_samples_are_as_the_schema_says_unless_refused() -> None:
    for sample in samples(ADAPTER):
        is_refused = "refused" in sample.expected["reading"] or "refusals" in sample.expected["reading"]
        assert _VALIDATOR.is_valid(json.loads(sample.report.body)) is not is_refused, sample.name


@pytest.mark.parametrize("way", ADAPTER.ways, ids=lambda way: way.title)
def test_report_in_the_setup_lines_is_as_the_schema_says(way: Any) -> None:  # noqa: ANN401 - pytest's
    (report,) = [file.lines for file in way.files if file.where.endswith(".json")]
    _VALIDATOR.validate(json.loads(report))
