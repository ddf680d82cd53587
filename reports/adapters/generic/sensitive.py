"""Values that a sender marks as sensitive, taken out of the bytes that are kept."""

from __future__ import annotations

import json
from typing import Any, Final

_HIDDEN: Final = frozenset({"old", "new", "diff"})
_NOT_KEPT: Final = b"(not kept: broken JSON that speaks of sensitive values)"


def redact(body: bytes) -> bytes:
    """The same report without old, new and diff of sensitive changes.

    Of broken JSON that mentions any, nothing is kept: which values they are cannot be told.
    """
    if b'"sensitive"' not in body:
        return body
    try:
        return json.dumps(_without(json.loads(body)), separators=(",", ":")).encode()
    except (ValueError, RecursionError):
        return _NOT_KEPT


def _without(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, list):
        return [_without(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    hidden = _HIDDEN if value.get("sensitive") else ()
    return {name: _without(inner) for name, inner in value.items() if name not in hidden}
