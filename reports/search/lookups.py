"""What Django cannot compare by itself: `name__like` for patterns with stars, and the words of a title."""

from __future__ import annotations

import re
from typing import Any, Final

from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, Lookup, TextField, Value
from django.db.models.sql.compiler import SQLCompiler

from reports.search.query import WILD

_WORD: Final = re.compile(r"[^\W_]+")
_LIKE_MARKS: Final = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_", WILD: "%"})


class Like(Lookup):
    """The text is of this pattern, in the very letters."""

    lookup_name = "like"
    word = "LIKE"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{left} {self.word} {right}", (*left_values, *right_values)


class ILike(Like):
    """The same in either case."""

    lookup_name = "ilike"
    word = "ILIKE"


class HasWords(Like):
    """The words on the left are those that the query on the right asks for."""

    lookup_name = "has_words"
    word = "@@"


class WordsOfTitle(Func):
    """The words of a resource's title, the very expression of the index resource_words."""

    template = (
        "to_tsvector('simple'::regconfig, translate(left(%(expressions)s, 300), './-_:@+~&=?#<>', '              '))"
    )
    output_field = SearchVectorField()


class PrefixesOfWords(Func):
    """A query for words that begin so, each of them."""

    template = "to_tsquery('simple'::regconfig, %(expressions)s)"
    output_field = SearchQueryField()


TextField.register_lookup(Like)
TextField.register_lookup(ILike)


def like_pattern(pattern: str) -> str:
    """A pattern of the language as PostgreSQL writes it: WILD stands for any text, all else for itself."""
    return pattern.translate(_LIKE_MARKS)


def like_part(pattern: str) -> str:
    """The same for a bare word: a part of the text, unless it has a star itself, which then says where it is open."""
    return like_pattern(pattern) if WILD in pattern else f"%{like_pattern(pattern)}%"


def is_like(pattern: str, text: str) -> bool:
    """Whether a text is of this pattern, without asking the database. Takes no longer for many stars, as a regular
    expression would: each part is looked for once, right after the one before it."""
    first, *others = pattern.split(WILD)
    if not others:
        return text == first
    *middle, last = others
    place, end = len(first), len(text) - len(last)
    if not text.startswith(first) or end < place or not text.endswith(last):
        return False
    for part in middle:
        found = text.find(part, place, end)
        if found < 0:
            return False
        place = found + len(part)
    return True


def title_has_words(text: str) -> HasWords:
    """That for each word of the text a word of the title begins like it; the text has one at least."""
    return HasWords(
        WordsOfTitle(F("title")), PrefixesOfWords(Value(" & ".join(f"{word}:*" for word in _WORD.findall(text))))
    )
