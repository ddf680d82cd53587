"""The text of a value that Puppet found or wanted, the same text for both formats.

YAML keeps the kind of a value (list, number, null); PuppetDB commands carry Ruby's text of it, where null became ""
and a list `["a", "b"]`. Both are brought to one form: nothing for null and "", items joined by "," for a list, and
checksums that Puppet wrote as base64 in clear.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
from typing import Final

import msgspec
from msgspec import Raw

from reports.adapters.puppet.said import Number

LONGEST: Final = 65_536  # characters kept of one value, message or diff

# {md5}, {sha256}, {mtime} and so on begin with e2 or e3 in base64 and are followed by the digest.
_BASE64: Final = re.compile(r"e[23][A-Za-z0-9+/\s]+={0,2}\s*")
_CHECKSUM: Final = re.compile(r"\{[a-z0-9]{3,12}\}[ -~]+")
_SYMBOL: Final = re.compile(r":[a-z_]+")
_ITEM: Final = r'(?:"(?:[^"\\]|\\.)*"|:[A-Za-z_]\w*|nil|true|false|-?\d[\d.e+-]*)'
_LIST: Final = re.compile(rf"\[(?:{_ITEM}(?:, {_ITEM})*)?\]", re.DOTALL)
_ITEMS: Final = re.compile(_ITEM, re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "e": "\x1b", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "0": "\0"}


def cut(text: str) -> str:
    """At most LONGEST characters, with a visible mark where more was said."""
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]}\n… {len(text) - LONGEST} characters left out"


def text_of(raw: Raw) -> str | None:
    """The text of a value given as JSON; None for null and for the empty text, which PuppetDB cannot tell apart."""
    said = bytes(raw)
    if said.startswith((b'"', b"[", b"{")):
        value = _value(said)
        return _readable(value) if isinstance(value, str) else cut(_rendered(value)) or None
    return None if said in {b"", b"null"} else said.decode()


def number_of(said: Number) -> float | None:
    """A number, whether or not it was quoted; None for what is none, or not a finite one."""
    try:
        number = math.nan if said is None else float(said)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def word(said: str | None) -> str:
    """A word of a small vocabulary; Puppet 3 wrote some as symbols (`:err`)."""
    return said.removeprefix(":") if said else ""


def _value(said: bytes) -> object:
    try:
        return msgspec.json.decode(said)
    except UnicodeDecodeError:  # skipped unread until now, so nobody has looked at its bytes
        return msgspec.json.decode(said.decode(errors="replace"))


def _readable(said: str) -> str | None:
    if said.startswith("["):
        return cut(_unlisted(said)) or None
    if said.startswith("e") and _BASE64.fullmatch(said):
        return _decoded(said)
    if said.startswith(":") and _SYMBOL.fullmatch(said):
        return said[1:]
    return cut(said) or None


def _decoded(said: str) -> str:
    try:
        clear = base64.b64decode(said).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return cut(said)
    return cut(clear if _CHECKSUM.fullmatch(clear) else said)


def _rendered(value: object) -> str:
    match value:
        case list():
            return ",".join(_rendered(item) for item in value)
        case dict():
            return "{" + ", ".join(f'"{key}"=>"{_rendered(inner)}"' for key, inner in value.items()) + "}"
        case bool():
            return str(value).lower()
        case None:
            return ""
    return str(value)


def _unlisted(said: str) -> str:
    """Ruby's text of a flat list of plain items → the items joined by ","; any other text as it is."""
    if len(said) > LONGEST or not _LIST.fullmatch(said):
        return said
    return ",".join(_item(found[0]) for found in _ITEMS.finditer(said))


def _item(said: str) -> str:
    if said.startswith('"'):
        return _ESCAPE.sub(_unescaped, said[1:-1])
    return "" if said == "nil" else said.removeprefix(":")


def _unescaped(found: re.Match[str]) -> str:
    if point := found[1] or found[2] or found[3]:
        code = int(point, 16)
        return "\ufffd" if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF else chr(code)
    return _ESCAPED.get(found[4], found[4])
