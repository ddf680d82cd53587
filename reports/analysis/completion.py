"""What could be meant by what is being typed into a query: keys, their values, and names that begin so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.db.models.functions import Collate, Left

from reports.analysis.choices import list_choices
from reports.rollups.tables import NodeState
from reports.search.caret import Typed, typed_at
from reports.search.keys import Key, Kind, Subject
from reports.search.query import WILD, Value
from reports.search.resources import TITLE_BEGINS, list_types, title_holds, title_is, type_is
from reports.search.subjects import NODES, RESOURCES, RUNS, SUBJECTS
from reports.store.tables import Resource

MOST: Final = 20  # that are offered at once
_FEW: Final = 6  # names beside keys
_LEAST: Final = 3  # letters before all titles are looked through

# What may be typed where values are without end.
_USUAL: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.AGO: ("<1h", "<24h", "<7d", "<30d", ">24h", ">7d"),
    Kind.SPAN: (">1m", ">10m", ">1h"),
    Kind.COUNT: (">0", ">3", ">10", "0"),
    Kind.NUMBER: (">1", ">5"),
    Kind.PERCENT: (">20", ">50"),
}


def _all_keys() -> Iterator[Key]:
    """The keys of nodes, runs and resources, each once: the first that goes by a word has it."""
    known: set[str] = set()
    for key in (*NODES.keys, *RUNS.keys, *RESOURCES.keys):
        if key.name not in known:
            known.update((key.name, *key.aliases))
            yield key


# Nodes, runs and resources at once, as in the box above every page.
EVERYTHING: Final = Subject.of("nodes, runs or resources", "name", _all_keys())


@dataclass(frozen=True, slots=True)
class Completion:
    """One that is offered: what would stand there, how it is shown, and what it means. `is_open`: it goes on."""

    text: str
    label: str
    meaning: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Completions:
    """What is offered for the text from `start` to `end`."""

    start: int
    end: int
    offered: tuple[Completion, ...] = ()


def complete(text: str, at: int, of: str) -> Completions:
    """What could stand at `at` in this text, a query about `of` (a subject's name; any other word: all at once).

    Three short look-ups at most, each by an index or among the nodes' one row each.
    """
    subject = SUBJECTS.get(of, EVERYTHING)
    typed = typed_at(text, max(0, min(at, len(text))))
    if typed.key is None:
        offered = _keys_and_names(typed, subject)
    else:
        key = subject.by_name.get(typed.key.lower())
        offered = _values(typed, key) if key else iter(())
    return Completions(typed.start, typed.end, tuple(islice(offered, MOST)))


def _keys_and_names(typed: Typed, subject: Subject) -> Iterator[Completion]:
    begun = typed.text.lower()
    if not typed.is_quoted:
        for key in subject.keys:
            if any(word.startswith(begun) for word in (key.name, *key.aliases)):
                yield Completion(f"{key.name}:", f"{key.name}:", key.meaning, is_open=True)
    if not begun:
        return
    if subject is not RESOURCES:
        yield from (_value(name, "node") for name in _node_names(typed.text, _FEW))
    if subject in (RESOURCES, EVERYTHING) and len(begun) >= _LEAST:
        yield from (_value(name, "resource") for name in _resources_with(typed.text))


def _values(typed: Typed, key: Key) -> Iterator[Completion]:
    if key.kind in _USUAL:
        begun = typed.sign + typed.text
        return (
            Completion(usual.removeprefix(typed.sign), f"{key.name}:{usual}")
            for usual in _USUAL[key.kind]
            if usual.startswith(begun)
        )
    if key.kind is Kind.RESOURCE:
        return _resources(typed.text)
    words = key.words or _NAMES.get(key.name, _nothing)(typed.text)
    begun = typed.text.lower()
    return (_value(word) for word in words if word.lower().startswith(begun))


def _value(text: str, meaning: str = "") -> Completion:
    return Completion(str(Value(text)), text, meaning)


def _resources(text: str) -> Iterator[Completion]:
    """First the type, then titles of it that begin so."""
    kind, bracket, title = text.partition("[")
    if not bracket:
        for known in list_types():
            if known.lower().startswith(kind.lower()):
                yield Completion(f'"{str(Value(known)).strip(chr(34))}[', f"{known}[…]", "type", is_open=True)
        return
    rows = Resource.objects.filter(type_is(kind))
    if title:
        rows = rows.filter(title_is(title + WILD))
    rows = rows.order_by(Collate(Left("title", TITLE_BEGINS), "C"))[:MOST]
    yield from (_value(f"{row.type}[{row.title}]") for row in rows)


def _resources_with(text: str) -> Iterator[str]:
    """Any that have words that begin so."""
    if not any(map(str.isalnum, text)):
        return iter(())
    return (f"{row.type}[{row.title}]" for row in Resource.objects.filter(title_holds(text))[:_FEW])


def _node_names(text: str, most: int = MOST) -> Iterable[str]:
    names = NodeState.objects.filter(name__istartswith=text).order_by("name", "site")
    return dict.fromkeys(names.values_list("name", flat=True)[:most])


def _roles(text: str) -> Iterable[str]:
    roles = NodeState.objects.filter(role__istartswith=text).order_by("role")
    return [role for role in roles.values_list("role", flat=True).distinct()[:MOST] if role]


def _titles(text: str) -> Iterable[str]:
    """In no order: of all types at once no index has one."""
    rows = Resource.objects.filter(type_is(WILD) & title_is(text + WILD)) if text else Resource.objects.none()
    return dict.fromkeys(rows.values_list("title", flat=True)[:MOST])


def _nothing(_text: str) -> Iterable[str]:
    return ()


_NAMES: Final[Mapping[str, Callable[[str], Iterable[str]]]] = {
    "name": _node_names,
    "node": _node_names,
    "env": lambda _text: list_choices().environments,
    "site": lambda _text: list_choices().sites,
    "tool": lambda _text: list_choices().tools,
    "role": _roles,
    "type": lambda _text: list_types(),
    "title": _titles,
}
