"""What a query means, within a statement of a .sql file: the statement says where, and the values go beside it.

A statement that can be narrowed so has `/* AND meant: column */` among its conditions, a comment until something is
meant. Django's own text of the question takes its place; it holds no value, those stay parameters.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

_MARK: Final = re.compile(r"/\* AND meant: ([a-z_.]+) \*/")
_PLACEHOLDER: Final = re.compile("%([%s])")


def of_those_meant(
    statement: str, asked: Mapping[str, Any], meant: QuerySet[Any, Any] | None
) -> tuple[str, dict[str, Any]]:
    """The statement and its values, of those alone whose ids the rows of `meant` are; None: of all."""
    if meant is None:
        return statement, dict(asked)
    try:
        text, values = meant.query.sql_with_params()
    except EmptyResultSet:  # nothing meets it, and Django does not even write it down
        return _put(statement, lambda _column: "AND false"), dict(asked)
    names = [f"meant_{number}" for number in range(len(values))]
    text = _name_placeholders(text, names)
    return _put(statement, lambda column: f"AND {column} IN ({text})"), {
        **asked,
        **dict(zip(names, values, strict=True)),
    }


def _name_placeholders(text: str, names: list[str]) -> str:
    """With names, as all our statements have them: `%s` in turn; a per cent sign stays doubled."""
    place = itertools.count()
    return _PLACEHOLDER.sub(lambda found: f"%({names[next(place)]})s" if found[1] == "s" else found[0], text)


def _put(statement: str, write: Callable[[str], str]) -> str:
    placed, marks = _MARK.subn(lambda mark: write(mark[1]), statement)
    if not marks:
        raise ValueError("this statement does not say where it can be narrowed")
    return placed
