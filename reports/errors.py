"""The tree of everything that can be refused.

FleetviewError
├── Refusal                 a report, or a request at a door, that is not taken
│   ├── UnknownSender       401  no credential, or one that is not known, expired or revoked
│   ├── NotAllowed          403  a known sender at a door, tool or scope that is not its own
│   ├── UnknownTool         404  no such door
│   ├── ReportTooLarge      413  body or decompressed size over the limit
│   ├── UnreadableReport    422  the bytes are not a report of this tool
│   └── SpoolFull           503  no room left to keep another report safely
├── BadQuestion             400  a filter, cursor or limit on a page or in the API that means nothing
│   └── BadQuery            400  the same of one word in the language of reports/search
└── NothingFound            404  a node or run that is not there

A message tells the sender what is wrong, for whom, and how to mend it. Only `intake/views.py` turns a Refusal into
HTTP; pages and API each turn the other two.
"""

from __future__ import annotations


class FleetviewError(Exception):
    """Anything that Fleetview itself raises."""


class Refusal(FleetviewError):
    """Not taken; `str(refusal)` is the sentence for the sender."""

    status = 400


class UnknownSender(Refusal):
    """No credential, or one that is not known, expired or revoked."""

    status = 401


class NotAllowed(Refusal):
    """A known sender at a door, tool or scope that is not its own."""

    status = 403


class UnknownTool(Refusal):
    """No such door."""

    status = 404


class ReportTooLarge(Refusal):
    """Body or decompressed size over the limit."""

    status = 413


class UnreadableReport(Refusal):
    """The bytes are not a report of this tool."""

    status = 422


class SpoolFull(Refusal):
    """No room left to keep another report safely."""

    status = 503


class BadQuestion(FleetviewError):
    """A filter, cursor or limit that means nothing; `str(question)` names it and says what is allowed."""

    status = 400


class BadQuery(BadQuestion):
    """A word of a query that means nothing: `start` and `end` are where it stands in the text of the query."""

    def __init__(self, sentence: str, start: int, end: int) -> None:
        super().__init__(sentence)
        self.start = start
        self.end = end


class NothingFound(FleetviewError):
    """A node or run that is not there, or no longer."""

    status = 404
