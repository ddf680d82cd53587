"""What the query string of a list asks for, and the form that shows it again. Wrong values are refused by name."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from django.http import QueryDict

from reports.analysis.paging import Slice
from reports.errors import BadQuestion

E = TypeVar("E", bound=enum.Enum)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a list, as a drop-down whose first entry is any."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to see the same page: a link."""

    label: str
    link: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """Where the pages after and before this one are; None where there are none. Both are whole query strings."""

    next: str | None
    previous: str | None


def text_asked(query: QueryDict, name: str) -> str | None:
    """The value without the space around it that people type; None when it is absent or empty."""
    return (name_asked(query, name) or "").strip() or None


def name_asked(query: QueryDict, name: str) -> str | None:
    """The value as it is, for names that our own links carry; None when it is absent or empty.

    PostgreSQL has no NUL in its text, so no row could match one either.
    """
    value = query.get(name, "")
    if "\x00" in value:
        raise BadQuestion(f"{name}: no name holds a NUL character")
    return value or None


def id_asked(query: QueryDict, name: str) -> int | None:
    """The 64-bit id of something whose name is too long for an address; None when it is absent."""
    value = text_asked(query, name)
    if value is None:
        return None
    if len(value) > 20 or not value.isascii() or not value.removeprefix("-").isdigit() or abs(int(value)) >= 2**63:
        raise BadQuestion(f"{name}: a whole number, as our own links carry it")
    return int(value)


def moment_asked(query: QueryDict, name: str) -> datetime | None:
    """An ISO 8601 date or time, in UTC where it names no zone."""
    value = text_asked(query, name)
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as unreadable:
        raise BadQuestion(f"{name}: write a date or time such as 2026-11-23 or 2026-11-23T14:30Z") from unreadable


def words_asked(query: QueryDict, name: str, kind: type[E]) -> frozenset[E]:
    """The members named by one parameter, given several times or with commas between; empty when it is absent."""
    asked = [word for value in query.getlist(name) for word in value.split(",") if word]
    known = {member.name.lower(): member for member in kind}
    unknown = sorted(set(asked) - known.keys())
    if unknown:
        raise BadQuestion(f"{name}: there is no {unknown[0][:80]}; choose from {', '.join(known)}")
    return frozenset(known[word] for word in asked)


def drop_down(name: str, label: str, values: Iterable[str] | Mapping[str, str], *, chosen: str | None) -> Filter:
    """A filter over these values (or value → label). A chosen value that is not among them is still shown."""
    labels = dict(values) if isinstance(values, Mapping) else {value: value for value in values}
    if chosen is not None and chosen not in labels:
        labels[chosen] = chosen
    return Filter(name, label, tuple(Choice(value, text, value == chosen) for value, text in labels.items()))


def count_filled(query: QueryDict, names: Iterable[str]) -> int:
    """How many of these fields of a form hold something: told where the form itself is folded away."""
    return sum(any(query.getlist(name)) for name in names)


def turn_tabs(query: QueryDict, name: str, labels: Mapping[str | None, str], *, chosen: str | None) -> tuple[Tab, ...]:
    """The same page with each of these values of one parameter (None: without it), from the first row on."""
    tabs = []
    for value, label in labels.items():
        turned = query.copy()
        turned.pop("cursor", None)
        turned.pop(name, None)
        if value is not None:
            turned[name] = value
        tabs.append(Tab(label, f"?{turned.urlencode()}", value == chosen))
    return tuple(tabs)


def turn_pages(query: QueryDict, shown: Slice[object]) -> Pager:
    """The neighbouring pages of the same list."""
    return Pager(_with_cursor(query, shown.next), _with_cursor(query, shown.previous))


def _with_cursor(query: QueryDict, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    turned = query.copy()
    turned["cursor"] = cursor
    return f"?{turned.urlencode()}"
