"""YAML → JSON by libyaml's events: slow, careful, for what the fast way is in doubt about.

All scalars stay text, but plain `null`, `~` and nothing. Tags are not obeyed, only `!binary` is decoded. Aliases, which
Puppet 3 may write for equal strings, are followed within a budget.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from typing import Final

import msgspec
import yaml

from reports.errors import UnreadableReport
from reports.run import Json

DEEPEST: Final = 64
MOST_NODES: Final = 5_000_000
_NULLS: Final = frozenset({"", "~", "null"})
_BINARY: Final = frozenset({"!binary", "tag:yaml.org,2002:binary"})


def json_by_events(text: str) -> bytes:
    """The first document as JSON. UnreadableReport for what is not YAML, is nested too deep or grows too large."""
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.DocumentEndEvent):
                return msgspec.json.encode(builder.root)
            builder.take(event)
    except yaml.YAMLError as error:
        raise UnreadableReport(f"This is not YAML: {_first_line(error)}") from error
    raise UnreadableReport("The body is empty.")


def _first_line(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f" in line {mark.line + 1}" if mark else ""
    return f"{getattr(error, 'problem', None) or type(error).__name__}{where}"


@dataclass(slots=True)
class _Open:
    """A list or map that is not at its end yet. `began` is the number of nodes before it."""

    items: list[Json] | dict[str, Json]
    anchor: str | None
    began: int
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Puts events together; memory is bounded by the number of nodes, an alias counting as all that it stands for."""

    root: Json = None
    nodes: int = 0
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[Json, int]] = field(default_factory=dict)

    def take(self, event: yaml.Event) -> None:
        """Put the next event where it belongs."""
        match event:
            case yaml.ScalarEvent():
                self._count(1)
                self._place(_scalar(event), event.anchor, 1)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._open({} if isinstance(event, yaml.MappingStartEvent) else [], event.anchor)
            case yaml.CollectionEndEvent():
                closed = self.stack.pop()
                self._place(closed.items, closed.anchor, self.nodes - closed.began)
            case yaml.AliasEvent():
                if event.anchor not in self.anchors:
                    raise UnreadableReport(f"The alias *{event.anchor} stands for nothing, or for itself.")
                value, size = self.anchors[event.anchor]
                self._count(size)
                self._place(value, None, size)

    def _open(self, items: list[Json] | dict[str, Json], anchor: str | None) -> None:
        if len(self.stack) >= DEEPEST:
            raise UnreadableReport(f"The report is nested deeper than {DEEPEST} levels.")
        self.stack.append(_Open(items, anchor, self.nodes))
        self._count(1)

    def _count(self, size: int) -> None:
        self.nodes += size
        if self.nodes > MOST_NODES:
            raise UnreadableReport(f"The report has more than {MOST_NODES} values.")

    def _place(self, value: Json, anchor: str | None, size: int) -> None:
        if anchor is not None:
            self.anchors[anchor] = (value, size)
        if not self.stack:
            self.root = value
            return
        place = self.stack[-1]
        if isinstance(place.items, list):
            place.items.append(value)
        elif place.key is None:
            place.key = _key(value)
        else:
            place.items[place.key] = value
            place.key = None


def _key(value: Json) -> str:
    if isinstance(value, (list, dict)):
        raise UnreadableReport("The report has a list or map for a key.")
    return str(value or "")


def _scalar(event: yaml.ScalarEvent) -> str | None:
    said: str = event.value
    if event.tag in _BINARY:
        try:
            return base64.b64decode(said).decode(errors="replace")
        except (binascii.Error, ValueError):
            return said
    is_plain = bool(event.implicit[0])
    return None if is_plain and said in _NULLS else said
