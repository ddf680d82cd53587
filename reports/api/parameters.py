"""What may stand in a query string: each parameter is declared once, for the reader and for the schema alike.

A parameter that an endpoint does not know is refused, not ignored: a misspelt filter must not answer with everything.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter

from reports.api.words import Vocabulary
from reports.errors import BadQuestion
from reports.search.keys import Subject
from reports.search.language import parse
from reports.store.text import clean, clean_name

DEFAULT_LIMIT = 100
MAX_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: `read` turns its text into a value or raises ValueError saying what is allowed."""

    name: str
    meaning: str
    read: Callable[[str], Any] = str
    default: Any = None
    type: Any = str
    choices: tuple[str, ...] = ()
    is_list: bool = False
    bounds: Mapping[str, int] = field(default_factory=dict)

    def describe(self) -> OpenApiParameter:
        """The parameter as the schema tells it."""
        one: dict[str, Any] = {"type": "string"} if self.choices else {}
        if self.choices:
            one["enum"] = list(self.choices)
        if self.bounds:
            one = {"type": "integer", **({} if self.default is None else {"default": self.default}), **self.bounds}
        if self.is_list:
            one = {"type": "array", "items": one}
        return OpenApiParameter(
            self.name, one or self.type, description=self.meaning, explode=False if self.is_list else None
        )


def read_query(query: QueryDict, known: Iterable[Parameter]) -> dict[str, Any]:
    """The value of every known parameter by its name, its default where the query has none (or an empty one).

    Texts come as the store writes them (NUL shown, long names cut), so that they are found under what a tool sent.
    Raises BadQuestion, which names the parameter and what it takes.
    """
    parameters = {parameter.name: parameter for parameter in known}
    for name in query:
        if name not in parameters:
            raise BadQuestion(f"{name}: not a parameter here; known are {', '.join(sorted(parameters)) or 'none'}")
    return {name: _read_one(parameter, query.getlist(name)) for name, parameter in parameters.items()}


def _read_one(parameter: Parameter, texts: list[str]) -> Any:  # noqa: ANN401 - as many types as parameters
    texts = [text for text in texts if text]
    if not texts:
        return parameter.default
    if len(texts) > 1 and not parameter.is_list:
        raise BadQuestion(f"{parameter.name}: given {len(texts)} times; one is allowed")
    try:
        return parameter.read(clean(",".join(texts)))
    except ValueError as error:
        raise BadQuestion(f"{parameter.name}: {error}") from error


def words(name: str, vocabulary: Vocabulary, meaning: str, *, without: frozenset[enum.Enum] = frozenset()) -> Parameter:
    """A parameter that takes one or several words of an enum, with commas between; read to a frozenset of members."""
    members = {member.name.lower(): member for member in vocabulary if member not in without}

    def read(text: str) -> frozenset[enum.Enum]:
        wanted = [word.strip() for word in text.split(",")]
        for word in wanted:
            if word not in members:
                raise ValueError(f"{word!r} is not one of {', '.join(members)}")
        return frozenset(members[word] for word in wanted)

    return Parameter(name, meaning, read=read, default=frozenset(), choices=tuple(members), is_list=True)


def word(name: str, choices: tuple[str, ...], meaning: str, *, default: str | None = None) -> Parameter:
    """A parameter that takes exactly one of a few words."""

    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(f"{text!r} is not one of {', '.join(choices)}")
        return text

    return Parameter(name, meaning, read=read, default=default, choices=choices)


def number(name: str, meaning: str, *, default: int | None, most: int) -> Parameter:
    """A parameter that takes a whole number from 1 to `most`."""

    def read(text: str) -> int:
        value = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        if not 1 <= value <= most:
            raise ValueError(f"{text!r} is not a whole number from 1 to {most}")
        return value

    return Parameter(name, meaning, read=read, default=default, bounds={"minimum": 1, "maximum": most})


def moment(name: str, meaning: str) -> Parameter:
    """A parameter that takes a time or a day (ISO 8601); what names no zone is UTC, a day is its first moment."""
    return Parameter(name, meaning, read=_read_moment)


def _read_moment(text: str) -> datetime:
    # A `+` that nobody escaped arrives as a blank, and means the zone of a time written with a T.
    written = text.replace(" ", "+") if "T" in text else text
    try:
        read = datetime.fromisoformat(written)
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is not a time such as 2026-11-23T14:00:00Z or a day such as 2026-11-23") from error


def query_about(subject: Subject) -> Parameter:
    """A parameter that takes a query in the language of the search, about this subject. Raises BadQuery, which knows
    the place of the word that means nothing."""
    keys = ", ".join(key.name for key in subject.keys)
    meaning = f"A query as in the search of the pages, such as `{subject.keys[1].example}`. Keys: {keys}."
    return Parameter("q", meaning, read=lambda text: parse(text, subject) or None)


CURSOR = Parameter("cursor", "Where to go on, as a page's `next` or `previous` says.")
LIMIT = number("limit", "Rows on a page.", default=DEFAULT_LIMIT, most=MAX_LIMIT)
PAGING = (CURSOR, LIMIT)

SITE = Parameter("site", "Namespace of node names; `main` unless the sender's token says otherwise.")
NODE = Parameter("node", "Name of a node, whole.", read=clean_name)
TOOL = Parameter("tool", "The config tool, as in the address of its door.")
ENVIRONMENT = Parameter("environment", "Environment, whole.")
SINCE = moment("since", "From this time or day on (ISO 8601; without a zone: UTC).")
UNTIL = moment("until", "Before this time or day (ISO 8601; without a zone: UTC).")
WINDOW = (SINCE, UNTIL)
