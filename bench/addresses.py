"""Every page as data: what the budgets count, `bench.pages` measures and pictures are taken of.

A page is found by the name of its URL: one that has no line here fails `tests/pages/test_query_counts.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

# What a page is called in tests/query_counts.json → its address; in braces what differs from fleet to fleet.
PAGES: Final[dict[str, str]] = {
    "/": "/",
    "/nodes/": "/nodes/",
    "/nodes/<name>/": "/nodes/{node}/",
    "/nodes/<name>/?change=": "/nodes/{node}/?change={change}",
    "/changes/": "/changes/",
    "/changes/?resource=": "/changes/?resource={resource}",
    "/hotspots/?by=node": "/hotspots/",
    "/hotspots/?by=resource": "/hotspots/?by=resource",
    "/hotspots/?by=environment": "/hotspots/?by=environment",
    "/resource/": "/resource/?name={resource}",
    "/runs/": "/runs/",
    "/runs/?node=": "/runs/?node={node}&window=all",
    "/runs/<uuid>/": "/runs/{run}/",
    "/compare/nodes/?a=&b=": "/compare/nodes/?a={node}&a_site=main&b={other_node}&b_site=main",
    "/compare/runs/?a=&b=": "/compare/runs/?a={run}&b={other_run}",
    "/intake/": "/intake/",
    "/audit/": "/audit/",
    "/people/": "/people/",
    "/groups/": "/groups/",
    "/groups/new/": "/groups/new/",
    "/account/": "/account/",
    "/display/": "/display/",
    "/login/": "/login/",
}

# Names of URLs behind which there is no page to look at: forms that take POST alone, bytes to download, and parts.
NO_PAGES: Final = frozenset(
    {
        "columns",
        "logout",
        "refused_report",
        "person_role",
        "person_active",
        "person_password",
        "group",  # as /groups/new/ is
        "group_preview",  # a part of it
        "group_gone",
        "account_elsewhere",
    }
)


def fill(address: str, told: Mapping[str, str]) -> str:
    """The address with what is in braces told, such as `node` or `change`; names are written as URLs hold them."""
    return address.format_map({name: quote(value, safe="") for name, value in told.items()})
