"""The field in which a query is typed: what stands in it, and which word of it means nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

from django.http import QueryDict

from reports.errors import BadQuery
from reports.search.keys import Subject
from reports.search.language import parse
from reports.search.query import Query

ALL: Final = "all"  # nodes, runs and resources at once

# What may be typed there, to begin with.
_HINTS: Final = {
    ALL: "Search: web env:production",
    "nodes": "env:production status:failed corrections:>3",
    "runs": "node:web-* outcome:failed at:<24h",
    "changes": 'resource:"File[/etc/*]" cause:corrective',
    "resources": "type:File /etc/* corrections:>3",
    "environments": "prod*",
}


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """The query in three parts, of which the middle one means nothing, and why."""

    before: str
    word: str
    after: str
    sentence: str

    @classmethod
    def of(cls, text: str, error: BadQuery) -> Self:
        return cls(text[: error.start], text[error.start : error.end], text[error.end :], str(error))


@dataclass(frozen=True, slots=True)
class QueryField:
    """The field for one subject, or for ALL. For the template `parts/query_field.html`, as `field`."""

    of: str
    text: str
    problem: QueryProblem | None = None

    @property
    def hint(self) -> str:
        return _HINTS.get(self.of, _HINTS["nodes"])


def query_asked(query: QueryDict, subject: Subject) -> Query | None:
    """What `q` asks; None where there is none. Raises BadQuery, which becomes a page that marks the word."""
    return parse(query.get("q", ""), subject) or None
