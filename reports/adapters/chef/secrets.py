"""What Chef sends in clear although it may be secret: found by key, and taken out of bytes that are kept."""

from __future__ import annotations

import re
from typing import Final

# A template's variables, a script, what old clients call a file's content: none is state that one would compare.
SECRET_KEYS: Final = frozenset({"variables", "code", "content", "password", "headers"})
REDACTED: Final = b'"[redacted]"'

_QUOTED: Final = tuple(f'"{key}"'.encode() for key in sorted(SECRET_KEYS))
_KEY: Final = re.compile(rb"[{,]\s*(?:" + b"|".join(_QUOTED) + rb")\s*:\s*")
_TOKEN: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"|"|[\[\]{}]', re.DOTALL)
_SCALAR: Final = re.compile(rb"[^,\]}\s]*")


def redact(body: bytes) -> bytes:
    """The same bytes with the value of every secret key replaced, wherever in the document it stands.

    Works on the text, not on parsed JSON, so that broken and cut bodies lose their secrets too.
    """
    if not any(key in body for key in _QUOTED):
        return body
    pieces = []
    at = 0
    while key := _KEY.search(body, at):
        pieces += [body[at : key.end()], REDACTED]
        at = _end_of_value(body, key.end())
    return b"".join((*pieces, body[at:]))


def _end_of_value(body: bytes, start: int) -> int:
    """Where the JSON value at `start` ends; the end of the body where it was cut inside."""
    if body[start : start + 1] not in (b'"', b"{", b"["):
        scalar = _SCALAR.match(body, start)
        return scalar.end() if scalar else start
    depth = 0
    for token in _TOKEN.finditer(body, start):
        match token[0]:
            case b"{" | b"[":
                depth += 1
            case b"}" | b"]":
                depth -= 1
            case b'"':  # opened and never closed
                return len(body)
        if depth <= 0:
            return token.end()
    return len(body)
