"""Secrets that Chef sends in clear, taken out of the bytes that are kept."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.adapters.chef.secrets import SECRET_KEYS, redact

_ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["variables", "code", "mode", 'a"b', "\\"]), inner, max_size=3)
    ),
    max_leaves=12,
)


def _without_secrets(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {key: "[redacted]" if key in SECRET_KEYS else _without_secrets(inner) for key, inner in value.items()}
    return [_without_secrets(inner) for inner in value] if isinstance(value, list) else value


@settings(deadline=None)
@given(document=_ANY_JSON, indent=st.sampled_from([None, 1]))
def test_every_secret_value_is_replaced_and_nothing_else(document: object, indent: int | None) -> None:
    kept = json.loads(redact(json.dumps(document, indent=indent).encode()))
    assert kept == _without_secrets(document)


@pytest.mark.parametrize("cut", range(20, 62))
def test_body_cut_short_keeps_no_secret(cut: int) -> None:
    body = b'{"after":{"variables": {"password":"hunter2","list":["}"]}}}'
    assert b"hunter" not in redact(body[:cut])


def test_body_without_secrets_is_the_very_same() -> None:
    body = b'{"message_type":"run_start", "name":"the \\"variables\\": none"}'
    assert redact(body) is body


def test_redacting_twice_is_redacting_once() -> None:
    once = redact(b'{"code":"rm -rf","password":1}')
    assert once == b'{"code":"[redacted]","password":"[redacted]"}'
    assert redact(once) == once
