"""Take out what the operator's patterns name, of everything on its way to the database and of the bytes that are kept.

A pattern with groups loses what its groups match, `password=(\\S+)` for instance; one without loses all it matches.
What a tool itself marks as secret is its adapter's business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from reports.run import Change, Inventory, Json, LogLine, ResourceOutcome, Run

REDACTED = "[redacted]"

Text = TypeVar("Text", str, bytes)


class Redaction:
    """The operator's patterns. Without any, everything passes as it is and at no cost."""

    def __init__(self, patterns: Sequence[re.Pattern[str]] = ()) -> None:
        self._patterns = tuple(patterns)
        self._of_bytes = tuple(
            re.compile(pattern.pattern.encode(), pattern.flags & ~re.UNICODE) for pattern in self._patterns
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing would ever be taken out."""
        return not self._patterns

    def text(self, text: str) -> str:
        """The text without what the patterns name."""
        for pattern in self._patterns:
            text = pattern.sub(_blank, text)
        return text

    def raw(self, body: bytes) -> bytes:
        """The bytes without it; the very same object where nothing was found."""
        for pattern in self._of_bytes:
            body = pattern.sub(_blank, body) if pattern.search(body) else body
        return body

    def run(self, run: Run) -> Run:
        """The run, its values, diffs, messages and logs without it. Names of nodes and resources stay."""
        if not self._patterns:
            return run
        return replace(
            run,
            message=self._maybe(run.message),
            resources=tuple(map(self._resource, run.resources)),
            logs=tuple(map(self._log, run.logs)),
        )

    def inventory(self, inventory: Inventory) -> Inventory:
        """The facts without it."""
        if not self._patterns or inventory.facts is None:
            return inventory
        return replace(inventory, facts={name: self._json(value) for name, value in inventory.facts.items()})

    def _resource(self, resource: ResourceOutcome) -> ResourceOutcome:
        return resource._replace(changes=tuple(map(self._change, resource.changes)))

    def _change(self, change: Change) -> Change:
        return change._replace(
            old=self._maybe(change.old),
            new=self._maybe(change.new),
            message=self._maybe(change.message),
            diff=self._maybe(change.diff),
        )

    def _log(self, line: LogLine) -> LogLine:
        return replace(line, message=self.text(line.message))

    def _maybe(self, text: str | None) -> str | None:
        return None if text is None else self.text(text)

    def _json(self, value: Json) -> Json:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self._json(item) for item in value]
        if isinstance(value, dict):
            return {key: self._json(item) for key, item in value.items()}
        return value


def _blank(match: re.Match[Text]) -> Text:
    """What stays of a match, around a mark for what went."""
    whole, start = match.group(), match.start()
    mark = REDACTED if isinstance(whole, str) else REDACTED.encode()
    if not match.re.groups:
        return mark
    kept, end = whole[:0], 0
    for group in range(1, match.re.groups + 1):
        begins, ends = match.span(group)
        if begins - start >= end and ends > begins:  # a group inside the one before is gone with it
            kept += whole[end : begins - start] + mark
            end = ends - start
    return kept + whole[end:]
