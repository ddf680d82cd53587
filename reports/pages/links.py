"""Addresses of pages. Names of nodes may hold any character.

A page holds hundreds of them. So the paths, which never change, are found once, and words that were written the way
addresses hold them are kept for a while.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import quote, quote_plus
from uuid import UUID

from django.urls import reverse

from reports.analysis.node_pair import NodeName
from reports.analysis.resource import resource_key
from reports.analysis.run_pair import RunName

MAIN_SITE = "main"
OPENED = "opened"  # the id of the part of a node's page that tells of one resource
_SAFE_IN_PATH: Final = "/~:@!$&'()*+,;="  # what stands for itself in a path (RFC 3986)
_NO_RUN: Final = UUID(int=0)
AROUND = timedelta(hours=2)
LONGEST_NAME = 600  # bytes of a name as an address writes it; web servers refuse lines of a few thousand


class AnyName:
    """URL converter: any name at all, slashes and line breaks included."""

    regex = r"(?s:.+)"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def with_query(address: str, query: Mapping[str, object]) -> str:
    """The address, which may have a query already, with those parameters that have a value."""
    asked = "&".join(_pairs(query))
    return f"{address}{'&' if '?' in address else '?'}{asked}" if asked else address


def _pairs(query: Mapping[str, object]) -> Iterator[str]:
    for key, asked in query.items():
        if asked is None or asked == "":
            continue
        for value in asked if isinstance(asked, list | tuple) else (asked,):
            yield f"{key}={_written(str(value))}"


_written = functools.lru_cache(maxsize=4096)(quote_plus)


@functools.cache
def _page(url_name: str) -> str:
    """The path of a page that there is one of."""
    return reverse(url_name)


@functools.cache
def _before(url_name: str, last: str) -> str:
    """What the path of a page of many begins with: that before its last part, of which `last` is one."""
    return reverse(url_name, args=[last]).removesuffix(f"{last}/")


def link_to_node(name: str, *, site: str) -> str:
    """The page of one node.

    Browsers resolve `.` and `..` between slashes before they send an address, however they are written; such names
    travel in the query string.
    """
    place = None if site == MAIN_SITE else site
    if any(part in {".", ".."} for part in name.split("/")):
        return with_query(f"{_before('node', '-')}-/", {"name": name, "site": place})
    return with_query(f"{_before('node', '-')}{quote(name, safe=_SAFE_IN_PATH)}/", {"site": place})


def link_to_run(run_id: UUID, *, node: str, site: str) -> str:
    """The page of one run; the node goes along, because a run's identity is its id together with its node."""
    place = None if site == MAIN_SITE else site
    return with_query(f"{_before('run', str(_NO_RUN))}{run_id}/", {"node": node, "site": place})


def link_to_comparison(a: RunName, b: RunName) -> str:
    """Two runs head to head. Their nodes go along, as to the page of one run."""
    sides: dict[str, object] = {}
    for word, run in (("a", a), ("b", b)):
        place = None if run.site == MAIN_SITE else run.site
        sides |= {word: run.id, f"{word}_node": run.node, f"{word}_site": place}
    return with_query(_page("compare_runs"), sides)


def link_to_node_comparison(a: NodeName, b: NodeName | None = None) -> str:
    """Two nodes side by side; without the second, the form that asks for it."""
    sides: dict[str, object] = {}
    for word, node in (("a", a), ("b", b)):
        if node is not None:
            sides |= {word: node.name, f"{word}_site": None if node.site == MAIN_SITE else node.site}
    return with_query(_page("compare_nodes"), sides)


def link_around(moment: datetime, *, until: datetime | None = None, node: str | None = None) -> str:
    """What else happened then: the incident window from two hours before to two hours after."""
    since, end = moment - AROUND, (until or moment) + AROUND
    return with_query(_page("incident"), {"since": stamp(since), "until": stamp(end), "nodes": node})


def stamp(moment: datetime) -> str:
    """A moment as addresses hold it: to the microsecond where it has some, for a fixed window must lose nothing."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def link_to_nodes(**filters: object) -> str:
    """The list of nodes with these filters."""
    return with_query(_page("nodes"), filters)


def link_to_runs(**filters: object) -> str:
    """The list of runs with these filters."""
    return with_query(_page("runs"), filters)


def link_to_changes(*, resource: str | None = None, **filters: object) -> str:
    """The list of changes with these filters. A resource whose name is too long for an address goes by its id."""
    return with_query(_page("changes"), {**_ask_for(resource, "resource"), **filters})


def link_to_resource(name: str, **asked: object) -> str:
    """The page of one resource, `Type[title]`, on all nodes. A name too long for an address goes by its id."""
    return with_query(_page("resource"), {**_ask_for(name, "name"), **asked})


def link_to_change(run_id: UUID, ordinal: int, *, node: str, site: str) -> str:
    """One change, opened on the page of its node: `ordinal` is its place in the run."""
    return _open_on_node(node, site, {"change": name_change(run_id, ordinal)})


def name_change(run_id: UUID, ordinal: int) -> str:
    """What a change is called in a query string."""
    return f"{run_id}:{ordinal}"


def link_to_resource_of_node(resource_id: int, *, node: str, site: str) -> str:
    """One resource, opened on the page of a node."""
    return _open_on_node(node, site, {"resource": resource_id})


def _open_on_node(node: str, site: str, asked: Mapping[str, object]) -> str:
    page = link_to_node(node, site=site)
    return f"{with_query(page, asked)}#{OPENED}"


def _ask_for(resource: str | None, word: str) -> dict[str, object]:
    if resource is not None and len(quote(resource)) > LONGEST_NAME:
        return {"id": resource_key(resource)}
    return {word: resource}
