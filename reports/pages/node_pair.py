"""Two nodes side by side, as the page tells it: part by part, cut to what a page can hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from django.http import QueryDict

from reports.analysis.node_facts import Fact, Pair
from reports.analysis.node_habits import Habit, HabitPair
from reports.analysis.node_newest import NewestRun, ResourcesApart
from reports.analysis.node_pair import NodePair, NodeSide
from reports.pages.asked import Tab, turn_tabs
from reports.pages.links import link_to_resource, link_to_run
from reports.pages.node_pair_question import PARTS, NodePairQuestion
from reports.pages.rows import NodeRow
from reports.pages.run_difference import Named
from reports.pages.words import PATTERNS, Word
from reports.told import tell_risk

S = TypeVar("S")
T = TypeVar("T")
TABS: Final[dict[str | None, str]] = {None: "All parts"} | PARTS


@dataclass(frozen=True, slots=True)
class NewestRow:
    """The newest run of a tool, and its page."""

    run: NewestRun
    link: str


@dataclass(frozen=True, slots=True)
class NodeCard:
    """One of the two nodes; `letter` is what it is called in the rest of the page."""

    letter: str
    row: NodeRow
    side: NodeSide
    risk_percent: str | None
    newest: tuple[NewestRow, ...]


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """Some rows of a list of `count`: how many come after them, and where the rows after and before these are."""

    rows: tuple[T, ...]
    count: int
    more: int
    next: str | None
    previous: str | None


@dataclass(frozen=True, slots=True)
class HabitRow:
    """One resource that behaves differently."""

    pair: HabitPair
    link: str
    a: Word | None
    b: Word | None


@dataclass(frozen=True, slots=True)
class NodePairPart:
    """Both nodes, and what is asked for of the rest; a list that is not asked for is None."""

    cards: tuple[NodeCard, ...]
    tabs: tuple[Tab, ...]
    facts: Listing[Pair] | None
    own: Listing[Pair] | None
    same: Listing[Fact] | None
    same_count: int
    same_link: str
    packages: Listing[Pair] | None
    same_packages: int
    packages_only_of: str | None
    only_a: Listing[Named] | None
    only_b: Listing[Named] | None
    resources: ResourcesApart
    habits: Listing[HabitRow] | None
    only_tools_a: tuple[str, ...]
    only_tools_b: tuple[str, ...]


def tell_node_pair(pair: NodePair, question: NodePairQuestion, query: QueryDict) -> NodePairPart:
    """Everything that the page shows of the two."""
    cutter, facts, resources = _Cutter(question, query), pair.facts, pair.resources
    only_a, only_b = (_named(found.names, question) for found in (resources.only_a, resources.only_b))
    habits = [habit for habit in pair.habits if question.matches(habit.resource)]
    return NodePairPart(
        cards=(_card("A", pair.a), _card("B", pair.b)),
        tabs=turn_tabs(cutter.start, "part", TABS, chosen=question.part),
        facts=cutter.cut("facts", _matching(facts.rows, question)),
        own=cutter.cut("facts", _matching(facts.own, question)),
        same=cutter.cut("facts", _alike(facts.same, question)) if question.shows_same else None,
        same_count=len(facts.same),
        same_link=cutter.link(part="facts", same=1),
        packages=cutter.cut("packages", _matching(pair.packages.rows, question)),
        same_packages=pair.packages.same,
        packages_only_of=pair.packages.only_told_by,
        only_a=cutter.lay("resources", only_a, _link),
        only_b=cutter.lay("resources", only_b, _link),
        resources=resources,
        habits=cutter.lay("behaviour", habits, _habit),
        only_tools_a=pair.only_tools_a,
        only_tools_b=pair.only_tools_b,
    )


@dataclass(frozen=True, slots=True)
class _Cutter:
    """Cuts lists to what the page has room for, and links to the rest."""

    question: NodePairQuestion
    query: QueryDict

    @property
    def start(self) -> QueryDict:
        """The same comparison from its first row on."""
        turned = self.query.copy()
        turned.pop("from", None)
        return turned

    def link(self, **asked: object) -> str:
        turned = self.start
        for name, value in asked.items():
            turned[name] = str(value)
        return f"?{turned.urlencode()}#{asked['part']}"

    def cut(self, part: str, rows: Sequence[T]) -> Listing[T] | None:
        """None where another part is asked for."""
        return self.lay(part, rows, lambda row: row)

    def lay(self, part: str, rows: Sequence[S], lay: Callable[[S], T]) -> Listing[T] | None:
        """The same of what has yet to be laid out, which is done for the rows shown alone."""
        if not self.question.shows(part):
            return None
        first, room = self.question.start, self.question.rows
        shown = tuple(map(lay, rows[first : first + room]))
        more = max(0, len(rows) - first - len(shown))
        onward = first + room if self.question.part else 0  # from all the parts, on to this one from its first row
        return Listing(
            rows=shown,
            count=len(rows),
            more=more,
            next=self.link(**{"part": part, "from": onward}) if more else None,
            previous=self.link(**{"part": part, "from": max(0, first - room)}) if first else None,
        )


def _matching(pairs: Sequence[Pair], question: NodePairQuestion) -> list[Pair]:
    return [pair for pair in pairs if question.matches(pair.name, pair.a, pair.b)]


def _alike(facts: Sequence[Fact], question: NodePairQuestion) -> list[Fact]:
    return [fact for fact in facts if question.matches(fact.name, fact.value)]


def _named(names: Sequence[str], question: NodePairQuestion) -> list[str]:
    return [name for name in names if question.matches(name)]


def _link(name: str) -> Named:
    return Named(name, link_to_resource(name))


def _habit(pair: HabitPair) -> HabitRow:
    return HabitRow(pair, link_to_resource(pair.resource), _pattern(pair.a), _pattern(pair.b))


def _pattern(habit: Habit) -> Word | None:
    return None if habit.pattern is None else PATTERNS[habit.pattern]


def _card(letter: str, side: NodeSide) -> NodeCard:
    node = side.node
    return NodeCard(
        letter=letter,
        row=NodeRow.of(node),
        side=side,
        risk_percent=None if node.risk is None else tell_risk(node.risk),
        newest=tuple(NewestRow(run, link_to_run(run.run_id, node=node.name, site=node.site)) for run in side.newest),
    )
