"""Cut a body into its JSON documents: a pipe, a log line, a stream and a list of events all come by the same door."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator

import msgspec

from reports.errors import UnreadableReport

_ANYTHING = msgspec.json.Decoder(msgspec.Raw)
# A document starts a line; server-sent events put a field name before it. Other lines are what `salt -b` says aloud.
_START = re.compile(r"^(?:data:[ ]?)?(?=[\[{])", re.MULTILINE)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def cut(body: bytes) -> Iterator[bytes]:
    """Each JSON document of the body, in its order; none for an empty body.

    A body that is one plain document is given back as it is, but for white space around it. Raises UnreadableReport
    where a document starts and does not end, after those before it have been given, and where there is none at all.
    """
    body = body.strip()
    try:
        _ANYTHING.decode(body)
    except ValueError:
        yield from _scan(body.decode(json.detect_encoding(body), "replace"))
    else:
        yield body


def mend(document: bytes) -> bytes:
    """The same document without what Salt writes and JSON does not know.

    Bare NaN and Infinity and numbers beyond a double become text; lone surrogates and broken UTF-8 become U+FFFD.
    """
    return b"".join(_scan(document.decode(json.detect_encoding(document), "replace")))


def _scan(text: str) -> Iterator[bytes]:
    position, found = 0, False
    while start := _START.search(text, position):
        try:
            value, position = _FORGIVING.raw_decode(text, start.end())
        except ValueError as broken:
            raise UnreadableReport(f"Not JSON, or cut short: {str(broken)[:200]}. Post the output unchanged.") from None
        found = True
        yield _LONE_SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False)).encode()
    if not found and text.strip("\ufeff \t\r\n"):
        raise UnreadableReport("There is no JSON in this body. Let Salt write it with --out=json.")


def _finite(digits: str) -> float | str:
    number = float(digits)
    return number if math.isfinite(number) else digits


_FORGIVING = json.JSONDecoder(parse_constant=str, parse_float=_finite, strict=False)
