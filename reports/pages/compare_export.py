"""What two nodes tell differently as a file: facts, packages, resources and how these behave, a row each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import QueryDict

from reports.analysis.node_habits import Habit
from reports.analysis.node_pair import NodePair, compare_two_nodes
from reports.analysis.paging import Slice
from reports.errors import BadQuestion
from reports.pages.columns import Column
from reports.pages.compare_nodes import read_node
from reports.pages.export import Find
from reports.pages.node_pair_question import NodePairQuestion, read_question
from reports.run import Pattern

COLUMNS: Final = (Column("part"), Column("tool"), Column("name"), Column("a"), Column("b"), Column("is_own"))


@dataclass(frozen=True, slots=True)
class ApartLine:
    """One difference; `is_own`: a fact that would differ between any two nodes. None: not there."""

    part: str
    name: str
    a: str | None
    b: str | None
    tool: str | None = None
    is_own: bool = False


def open_node_pair(query: QueryDict, now: datetime) -> Find:
    """All that differs, narrowed to a part or a text as on the page. One slice: it is the rows of two nodes."""
    question = read_question(query)
    a, b = read_node(query, "a"), read_node(query, "b")
    if a is None or b is None:
        raise BadQuestion("a and b: name two nodes")
    lines = tuple(line for line in _lines(compare_two_nodes(a, b, now)) if _is_wanted(line, question))
    return lambda _cursor: Slice(lines)


def _is_wanted(line: ApartLine, question: NodePairQuestion) -> bool:
    return question.shows(line.part) and question.matches(line.name, line.a, line.b)


def _lines(pair: NodePair) -> Iterator[ApartLine]:
    for pairs, is_own in ((pair.facts.rows, False), (pair.facts.own, True)):
        yield from (ApartLine("facts", one.name, one.a, one.b, one.tool, is_own) for one in pairs)
    yield from (ApartLine("packages", one.name, one.a, one.b) for one in pair.packages.rows)
    yield from (ApartLine("resources", name, "managed", None) for name in pair.resources.only_a.names)
    yield from (ApartLine("resources", name, None, "managed") for name in pair.resources.only_b.names)
    yield from (ApartLine("behaviour", one.resource, _tell(one.a), _tell(one.b)) for one in pair.habits)


def _tell(habit: Habit) -> str:
    return f"{_word(habit.pattern)}, {habit.corrections} corrections, {habit.failures} failures"


def _word(pattern: Pattern | None) -> str:
    return "no pattern" if pattern is None else pattern.name.lower()
