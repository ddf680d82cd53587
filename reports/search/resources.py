"""Which resources does a name with stars mean? Found before anything else is asked, so that the rest goes by their ids.

A title is found by how it begins (the index resource_name) or by a word in it (resource_words); nothing reads the whole
table, which on a fleet that names files after their content grows with its history. An index holds how a type and a
title begin; the whole is compared only where that can leave something open, for of two conditions that say the same the
planner thinks that far fewer rows meet both, and then walks the wrong way.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Collate, Left
from django.db.models.lookups import Exact, In

from reports.errors import BadQuery
from reports.search.conditions import NOTHING
from reports.search.lookups import Like, is_like, like_pattern, title_has_words
from reports.search.query import WILD, Term, Value
from reports.sql import load
from reports.store.ids import resource_id
from reports.store.tables import Resource

LIST_TYPES = load(__file__, "list_resource_types")
MOST_RESOURCES: Final = 1000  # that one name with stars may mean, where something else is asked of each

TYPE_BEGINS: Final = 100  # characters that the index resource_name holds of a type, and of a title
TITLE_BEGINS: Final = 300


def find_resource_ids(term: Term) -> list[int]:
    """The ids of all resources that the values of a term mean. A name without stars costs no look-up.

    Raises BadQuery at a value that means more than MOST_RESOURCES.
    """
    found: set[int] = set()
    for value in term.values:
        found.update(_find_ids(value))
    return sorted(found)


def _find_ids(value: Value) -> Iterable[int]:
    kind, title = _meaning(value)
    if kind and value.is_exact:
        return [resource_id(kind, title)]
    ids = list(Resource.objects.filter(resource_is(value)).values_list("id", flat=True)[: MOST_RESOURCES + 1])
    if len(ids) > MOST_RESOURCES:
        raise BadQuery(
            f"This means more than {MOST_RESOURCES:,} resources: say more of the title.", value.start, value.end
        )
    return ids


def resource_is(value: Value) -> Q:
    """The condition on `resource` for one value of a key that takes Type[title]. One read of the types for a star."""
    kind, title = _meaning(value)
    if not kind:
        return title_holds(title)
    return type_is(kind) & (title_is(title) if title != WILD else Q())


def type_is(pattern: str) -> Q:
    """That the type is of this pattern. With a star the few types that there are are read first."""
    begins = Collate(Left("type", TYPE_BEGINS), "C")
    if WILD not in pattern:
        held = Q(Exact(begins, pattern[:TYPE_BEGINS]))
        return held if len(pattern) < TYPE_BEGINS else held & Q(type=pattern)
    kinds = [kind for kind in list_types() if len(kind) == TYPE_BEGINS or is_like(pattern, kind)]
    held = Q(In(begins, kinds)) if kinds else NOTHING
    return held & Q(type__like=like_pattern(pattern)) if TYPE_BEGINS in map(len, kinds) else held


def title_is(pattern: str) -> Q:
    """That the title is of this pattern, which says how it begins."""
    begins = Collate(Left("title", TITLE_BEGINS), "C")
    if WILD not in pattern:
        held = Q(Exact(begins, pattern[:TITLE_BEGINS]))
        return held if len(pattern) < TITLE_BEGINS else held & Q(title=pattern)
    beginning, _, rest = pattern.partition(WILD)
    held = Q(Like(begins, like_pattern(beginning[:TITLE_BEGINS] + WILD)))
    return held if not rest and len(beginning) <= TITLE_BEGINS else held & Q(title__like=like_pattern(pattern))


def title_holds(text: str) -> Q:
    """That the text is part of the title, in either case, and begins where a word of the title begins."""
    return Q(title_has_words(text)) & Q(title__icontains=text)


def list_types() -> list[str]:
    """All types of resources, as the index has them; costs as much as there are types."""
    with connection.cursor() as database:
        database.execute(LIST_TYPES)
        return [kind for (kind,) in database.fetchall()]


def _meaning(value: Value) -> tuple[str, str]:
    if not isinstance(value.meaning, tuple):
        raise TypeError(f"{value} was read for a key that takes no resource")
    return value.meaning
