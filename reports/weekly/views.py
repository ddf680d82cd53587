"""What a brief can be of, by the names that people know: an environment, or a saved view of the list of nodes."""

from __future__ import annotations

from typing import Final

from django.http import QueryDict

from reports.analysis.choices import list_choices
from reports.errors import BadQuestion, NothingFound
from reports.people.tables import SavedView
from reports.search.query import Query, Term, Value
from reports.weekly.scope import Scope, of_environment, of_query

# The filters of the list of nodes that a query can say too, and by which key; "" is part of the name.
_FILTERS: Final = {"search": "", "site": "site", "environment": "env", "tool": "tool"}
_MOST_TOLD: Final = 20


def find_environment(name: str) -> Scope:
    """Raises NothingFound, which names those that there are."""
    known = [environment for environment in list_choices().environments if environment]
    if name not in known:
        told = ", ".join(known[:_MOST_TOLD]) or "no environment at all"
        raise NothingFound(f"no node is in the environment {name[:80]}; there is {told}")
    return of_environment(name)


def find_view(name: str) -> Scope:
    """A view of nodes, anybody's; of several of one name the shared one. Raises NothingFound and BadQuestion."""
    views = list(SavedView.objects.filter(page="nodes", name=name).select_related("owner").order_by("id"))
    shared = [view for view in views if view.is_shared]
    found = shared if len(views) > 1 and shared else views
    if not found:
        known = SavedView.objects.filter(page="nodes").order_by("name").values_list("name", flat=True)[:_MOST_TOLD]
        raise NothingFound(f"no view of nodes is called {name[:80]}; there is {', '.join(known) or 'none at all'}")
    if len(found) > 1:
        owners = ", ".join(view.owner.get_username() for view in found[:_MOST_TOLD])
        raise BadQuestion(f"several views of nodes are called {name[:80]}: of {owners}; have one of them renamed")
    query = query_of_view(found[0].query)
    if not query:
        raise BadQuestion(f"the view {name[:80]} filters no nodes: ask for the whole fleet instead")
    return of_query(query, name=name)


def query_of_view(view: str) -> str:
    """A view of the list of nodes as one query: what was typed, and the filters beside it. Empty: none."""
    asked = QueryDict(view)
    terms = [Term(key, (Value(text),)) for name, key in _FILTERS.items() if (text := asked.get(name))]
    if statuses := [word for text in asked.getlist("status") for word in str(text).split(",") if word]:
        terms.append(Term("status", tuple(map(Value, statuses))))
    return " ".join(filter(None, (str(asked.get("q", "")).strip(), str(Query(tuple(terms))))))
