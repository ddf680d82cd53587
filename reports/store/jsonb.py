"""JSON that PostgreSQL's jsonb can hold, whatever a tool reported."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from reports.run import Json
from reports.store.text import clean

MOST_BYTES = 32 << 20  # jsonb itself ends at 256 MiB; nobody reads even this much
_DEEPEST = 100
_LONGEST_INTEGER_BITS = 12_000  # below the 4,300 digits that Python itself agrees to write


def jsonb_text(value: Json) -> str:
    """The value as JSON text. What jsonb cannot hold (NUL, NaN, endless depth or size) is replaced by words."""
    text = _as_it_is(value)
    return _dump(mended(value)) if text is None else text


def mended(value: Json) -> Json:
    """The value itself where jsonb can hold it, else one with words in the place of what it cannot."""
    text = _as_it_is(value)
    if text is None:
        value = _mend(value, 0)
        text = _dump(value)
    if _is_too_long(text):
        return f"… [not kept: {len(text)} characters of JSON]"
    return value


def _is_too_long(text: str) -> bool:
    return len(text) > MOST_BYTES // 4 and len(text.encode()) > MOST_BYTES


def _as_it_is(value: Json) -> str | None:
    """The quick way for what is well, which is nearly all; None where something needs mending."""
    try:
        text = _dump(value)
        if not text.isascii():
            text.encode()
    except (ValueError, RecursionError):  # NaN, an endless integer, a lone surrogate; nested too deep
        return None
    return None if r"\u0000" in text or _is_too_long(text) else text


def _dump(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _mend(value: Json, depth: int) -> Json:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, int) and value.bit_length() > _LONGEST_INTEGER_BITS:
        return f"… [an integer of {value.bit_length()} bits]"
    if isinstance(value, Mapping | list) and depth >= _DEEPEST:
        return "… [nested too deep]"
    if isinstance(value, Mapping):
        return {clean(key): _mend(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_mend(inner, depth + 1) for inner in value]
    return value
