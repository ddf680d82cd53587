"""Text into a Query: `env:production outcome:failed corrections:>3 resource:"File[/etc/*]" changed:<7d`.

Terms stand apart by spaces, and all have to hold. A term is `key:value`, `key:one,two` (any of them), `key:>3` (also
`>=`, `<`, `<=`), or a bare word, which is part of the name; a minus before it turns it round. Quotes go around a value
that holds a space, a comma or a quote; `*` stands for any text, and a backslash before `*`, `"` or `\\` for just that.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Final, NoReturn

from reports.errors import BadQuery
from reports.search.keys import COMPARED, Key, Subject
from reports.search.query import Query, Sign, Term, Value
from reports.search.values import read_meaning
from reports.search.words import RawValue, Word, read_words

_MOST_SHOWN: Final = 60


def parse(text: str, subject: Subject) -> Query:
    """The query that the text is, about this subject. Raises BadQuery at the word that means nothing."""
    return Query(tuple(_read_term(word, subject, text) for word in read_words(text)))


def unknown_keys(text: str, subject: Subject) -> tuple[str, ...]:
    """The keys in a query that are none of this subject, each once and as written. Raises BadQuery, too."""
    keys = (word.key for word in read_words(text) if word.key and word.key.lower() not in subject.by_name)
    return tuple(dict.fromkeys(keys))


def _read_term(word: Word, subject: Subject, text: str) -> Term:
    if not word.key:
        _refuse_forgotten_colon(word, subject, text)
        return Term("", tuple(_plain_values(word)), Sign.IS, word.is_not, word.start, word.end)
    key = subject.by_name.get(word.key.lower())
    if key is None:
        _refuse_key(word, subject)
    if word.sign is not Sign.IS:
        _check_comparison(word, key)
    values = tuple(_read_value(raw, word, key) for raw in word.values)
    return Term(key.name, values, word.sign, word.is_not, word.start, word.end)


def _plain_values(word: Word) -> Iterator[Value]:
    for raw in word.values:
        if not raw.pattern:
            raise BadQuery("There is nothing to look for between these quotes.", raw.start, raw.end)
        yield Value(raw.pattern, None, raw.start, raw.end)


def _read_value(raw: RawValue, word: Word, key: Key) -> Value:
    try:
        return Value(raw.pattern, read_meaning(key, word.sign, raw.pattern), raw.start, raw.end)
    except ValueError as unreadable:
        raise BadQuery(str(unreadable), raw.start, raw.end) from unreadable


def _check_comparison(word: Word, key: Key) -> None:
    if key.kind not in COMPARED:
        raise BadQuery(
            f"{key.name} is {key.kind.value}, which is neither more nor less: write {key.example}.",
            word.start,
            word.end,
        )
    if len(word.values) > 1:
        raise BadQuery(f"{key.name}:{word.sign} takes one value.", word.values[1].start, word.end)


def _refuse_forgotten_colon(word: Word, subject: Subject, text: str) -> None:
    """`corrections>3` is a name to nobody who knows the keys."""
    written = text[word.key_start : word.end]
    for sign in "<>=":
        name, found, rest = written.partition(sign)
        if found and name.lower() in subject.by_name:
            mended = f"{name}:{rest if sign == '=' else sign + rest}"
            raise BadQuery(f"A colon stands after a key: write {mended[:_MOST_SHOWN]}.", word.start, word.end)


def _refuse_key(word: Word, subject: Subject) -> NoReturn:
    names = [key.name for key in subject.keys]
    near = difflib.get_close_matches(word.key.lower()[:_MOST_SHOWN], [*subject.by_name], n=2, cutoff=0.7)
    meant = f"did you mean {' or '.join(near)}?" if near else f"known are {', '.join(names)}."
    raise BadQuery(
        f"There is no key {word.key[:_MOST_SHOWN]} for {subject.name}; {meant}"
        " A name with a colon in it goes in quotes.",
        word.key_start,
        word.key_end,
    )
