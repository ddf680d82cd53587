"""What a weekly brief is of: the whole fleet, one environment, or the nodes that a query finds."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from reports.errors import BadQuestion
from reports.search.language import parse
from reports.search.query import Query
from reports.search.subjects import NODES


class ScopeKind(enum.StrEnum):
    """How the nodes of a scope are told."""

    FLEET = "fleet"
    ENVIRONMENT = "environment"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Scope:
    """`environment` is set for one, else None; `text` is a query about nodes, as it was written.

    `name` is what the scope is called where that is more than what it asks: the name of a saved view.
    """

    kind: ScopeKind
    environment: str | None = None
    text: str = ""
    name: str = ""

    @property
    def query(self) -> Query | None:
        """What is asked of nodes; None for any. Raises BadQuery."""
        return parse(self.text, NODES) if self.text.strip() else None

    @property
    def label(self) -> str:
        """In a few words. Untrusted: an environment's or a view's name stands in it."""
        if self.kind is ScopeKind.FLEET:
            return "the whole fleet"
        if self.kind is ScopeKind.ENVIRONMENT:
            return f"environment {self.environment}"
        return self.name or f"nodes that match {self.text}"


FLEET = Scope(ScopeKind.FLEET)


def of_environment(environment: str) -> Scope:
    """One environment, as nodes tell it. Raises BadQuestion for none: a query says that (`env:""`)."""
    if not environment:
        raise BadQuestion('environment: name one; nodes that told none are found by the query env:""')
    return Scope(ScopeKind.ENVIRONMENT, environment=environment)


def of_query(text: str, *, name: str = "") -> Scope:
    """The nodes that a query finds at the time of making. Raises BadQuery for one that means nothing."""
    scope = Scope(ScopeKind.QUERY, text=text, name=name)
    parse(text, NODES)
    return scope
