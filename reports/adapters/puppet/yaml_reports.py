"""The bytes of an `http` report → its fields, by rapidyaml where that is safe, else by libyaml's events.

rapidyaml rewrites YAML as JSON about eight times as fast as libyaml builds anything, but it neither follows aliases nor
obeys `!binary`, takes `~` for text, rewrites `inf`, and leaves control characters bare. Each of these is looked for,
cheaply; whatever else goes wrong shows as JSON that cannot be read, and the careful way has the last word.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec
import ryml

from reports.adapters.puppet.said import EXECUTION_YAML, ExecutionYaml
from reports.adapters.puppet.yaml_events import json_by_events
from reports.errors import UnreadableReport

# An anchor, alias or ~ where a node begins, as Ruby's emitter puts them: after ": ", "- " or "? ".
_ALIAS: Final = re.compile(rb"[&*](?<=[:?-] .)[^\s&*]")
_TILDE: Final = re.compile(rb"~(?<=[:?-] .)[ \t]*\r?$", re.MULTILINE)
_INFINITE: Final = re.compile(rb"(?:inf|infinity|nan)[ \t]*\r?$", re.MULTILINE)
_BARE_CONTROL: Final = re.compile(rb"[\x00-\x09\x0b-\x1f]")

# Making room at once, for as many nodes as a report of this length has, reads large reports four times as fast.
_BYTES_A_NODE: Final = 20
_MOST_RESERVED: Final = 1_000_000

# Ruby's emitter writes these three raw and indents behind them as behind a line's end, even where a line begins with
# them, and where they are the last of a text: then the next key follows on the same line.
_BREAKS: Final = re.compile(rb"(\n?)((?:\xc2\x85|\xe2\x80[\xa8\xa9])+)( *)(?=([a-z_]+:[ \n]|- )?\n*( *))")
_STAND_INS: Final = (("\x85", "\uf085"), ("\u2028", "\uf028"), ("\u2029", "\uf029"))


def read_yaml(body: bytes) -> ExecutionYaml:
    """The report's fields; UnreadableReport for anything that is not one."""
    plain = without_folds(body)
    quick = None if is_doubtful(plain) else _decoded(json_by_rapidyaml(plain))
    if quick is not None:
        return quick
    try:
        return read_carefully(plain)
    except UnreadableReport:
        if not _BREAKS.search(body):
            raise
        return _report(json_by_events(body.decode(errors="replace")))  # as YAML 1.1 has it: ends of lines


def without_folds(body: bytes) -> bytes:
    """The YAML with U+0085, U+2028 and U+2029 as plain characters: indentation before them and not behind them."""
    return body if body.isascii() else _BREAKS.sub(_unfolded, body)


def _unfolded(found: re.Match[bytes]) -> bytes:
    line_end, breaks, blanks, key, next_blanks = found.groups()
    if line_end:
        return bytes(line_end + (blanks or next_blanks) + breaks)
    line = found.string[found.string.rfind(b"\n", 0, found.start()) + 1 : found.start()]
    is_last = key and len(blanks) < len(line) - len(line.lstrip(b" "))
    return bytes(breaks + b"\n" + blanks if is_last else breaks)


def is_doubtful(body: bytes) -> bool:
    """Whether rapidyaml might read something else than is meant. True too often is only slow."""
    return (
        ((b"*" in body or b"&" in body) and _ALIAS.search(body) is not None)
        or (b"~" in body and _TILDE.search(body) is not None)
        or b"!binary" in body
    )


def json_by_rapidyaml(body: bytes) -> bytearray:
    """The first document as JSON, not always valid; nothing where rapidyaml cannot read it."""
    told = bytearray(2 * len(body) + 1024)
    try:
        tree = ryml.Tree()
        tree.reserve(min(len(body) // _BYTES_A_NODE, _MOST_RESERVED))
        ryml.parse_in_arena(body, tree)
        root = tree.root_id()
        document = tree.first_child(root) if tree.is_stream(root) else root
        size = len(ryml.emit_json_in_place(tree, told, document))
    except (ryml.ExceptionBasic, IndexError):
        return bytearray()
    del told[size:]
    return bytearray() if _is_garbled(body, told) else told


def _is_garbled(body: bytes, told: bytearray) -> bool:
    """Whether rapidyaml changed a text: a plain `inf`, or a quoted one that grows as its \\L and \\P are resolved.

    Of the latter it resolves the escapes before them twice (seen in 0.15.2).
    """
    if (b'.inf"' in told or b'.nan"' in told) and _INFINITE.search(body):
        return True
    return (b"\\L" in body and b"\xe2\x80\xa8" in told) or (b"\\P" in body and b"\xe2\x80\xa9" in told)


def read_carefully(body: bytes) -> ExecutionYaml:
    """The slow way, and the sentence for the sender where this is no report."""
    text = body.decode(errors="replace")
    for meant, stand_in in _STAND_INS:
        text = text.replace(meant, stand_in)
    told = json_by_events(text)
    for meant, stand_in in _STAND_INS:
        told = told.replace(stand_in.encode(), meant.encode())
    return _report(told)


def _report(told: bytes) -> ExecutionYaml:
    try:
        return EXECUTION_YAML.decode(told)
    except msgspec.MsgspecError as error:
        raise UnreadableReport(f"This YAML is not a Puppet report: {error}") from error


def _decoded(told: bytes | bytearray) -> ExecutionYaml | None:
    """None for anything but a whole report: the careful way then finds out what it is."""
    try:
        return EXECUTION_YAML.decode(told)
    except msgspec.ValidationError:
        return None
    except (msgspec.DecodeError, UnicodeDecodeError):
        mended, count = _BARE_CONTROL.subn(_escaped, told)
        return _decoded(mended) if count else None


def _escaped(found: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % found[0][0]
