"""Every page as data: what the budgets count, `bench.pages` measures and pictures are taken of.

A page is found by the name of its URL: one that has no line here fails `tests/pages/test_query_counts.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Final
from urllib.parse import quote

# What a page is called in tests/query_counts.json → its address; in braces what differs from fleet to fleet.
PAGES: Final[dict[str, str]] = {
    "/": "/",
    "/?span=24h": "/?span=24h",
    "/wall/": "/wall/",
    "/nodes/": "/nodes/",
    "/nodes/<name>/": "/nodes/{node}/",
    "/nodes/<name>/?change=": "/nodes/{node}/?change={change}",
    "/changes/": "/changes/",
    "/changes/?resource=": "/changes/?resource={resource}",
    "/hotspots/?by=node": "/hotspots/",
    "/hotspots/?by=resource": "/hotspots/?by=resource",
    "/hotspots/?by=environment": "/hotspots/?by=environment",
    "/hotspots/?q=": "/hotspots/?q=muted:no corrections:>0",
    "/resources/": "/resources/",
    "/resource/": "/resource/?name={resource}",
    "/runs/": "/runs/",
    "/runs/?node=": "/runs/?node={node}&window=all",
    "/runs/<uuid>/": "/runs/{run}/",
    "/compare/nodes/?a=&b=": "/compare/nodes/?a={node}&a_site=main&b={other_node}&b_site=main",
    "/compare/runs/?a=&b=": "/compare/runs/?a={run}&b={other_run}",
    "/incident/": "/incident/",
    "/incident/?q=": "/incident/?last=24h&q=env:{environment}&only=new",
    "/incident/changes/": "/incident/changes/?since={since}&node={node}&site=main&change={change}",
    "/briefs/": "/briefs/",
    "/briefs/<id>/": "/briefs/{brief}/",
    "/briefs/ask/": "/briefs/ask/",
    "/briefs/incident/": "/briefs/incident/?since={since}T08:00Z&until={since}T12:00Z",
    "/briefs/schedules/": "/briefs/schedules/",
    "/briefs/schedules/new/": "/briefs/schedules/new/",
    "/search/": "/search/",
    "/search/?q=": "/search/?q={node}",
    "/intake/": "/intake/",
    "/tokens/": "/tokens/",
    "/tokens/make/": "/tokens/make/?scope=send",
    "/notes/": "/notes/",
    "/notes/write/": "/notes/write/?name={node}",
    "/views/": "/views/",
    "/audit/": "/audit/",
    "/people/": "/people/",
    "/groups/": "/groups/",
    "/groups/new/": "/groups/new/",
    "/account/": "/account/",
    "/display/": "/display/",
    "/login/": "/login/",
}

# The same pages asked otherwise, in ways that may cost more: measured, and no budget of their own.
VARIANTS: Final[dict[str, str]] = {
    "/nodes/?status=": "/nodes/?status=failed",
    "/nodes/?environment=": "/nodes/?environment={environment}",
    "/nodes/?search=": "/nodes/?search=no-such-name",
    "/nodes/?sort=-status": "/nodes/?sort=-status",
    "/nodes/?sort=-heat": "/nodes/?sort=-heat",
    "/nodes/?sort=-risk": "/nodes/?sort=-risk&environment={environment}",
    "/runs/?sort=started_at": "/runs/?sort=started_at&window=all",
    "/nodes/<name>/?window=90": "/nodes/{node}/?window=90&rows=200",
    "/nodes/<name>/?until=": "/nodes/{node}/?window=7&until={since}",
    "/runs/?outcome=": "/runs/?outcome=stale_catalog",
    "/runs/?environment=": "/runs/?environment={environment}&outcome=failed",
    "/runs/ of nothing": "/runs/?environment=no-such-environment",
    "/changes/?cause=": "/changes/?cause=unknown&status=failed",
    "/changes/?node=": "/changes/?node={node}&window=all",
    "/changes/?resource=, all": "/changes/?resource={resource}&cause=corrective&window=all",
    "/changes/ of nothing": "/changes/?environment=no-such-environment",
    "/hotspots/?window=24h": "/hotspots/?window=24h",
    "/hotspots/?window=90d": "/hotspots/?window=90d",
    "/hotspots/?since=": "/hotspots/?since={since}&until={until}",
    "/hotspots/?order=risk": "/hotspots/?order=risk&environment={environment}",
    "/hotspots/?pattern=": "/hotspots/?pattern=sporadic",
    "/hotspots/?by=resource, 90d": "/hotspots/?by=resource&window=90d",
    "/hotspots/?by=resource, past": "/hotspots/?by=resource&since={since}&until={until}",
    "/hotspots/?by=resource, 24h": "/hotspots/?by=resource&window=24h",
    "/hotspots/?q=changed:": "/hotspots/?q=corrections:>3 changed:<7d",
    "/hotspots/?q=resource:": "/hotspots/?q=resource:{resource}",
    "/hotspots/?q=, past": "/hotspots/?q=muted:no&since={since}&until={until}",
    "/hotspots/?by=resource&q=": "/hotspots/?by=resource&q=type:File muted:no",
    "/hotspots/?by=environment, 90d": "/hotspots/?by=environment&window=90d",
    "/resources/?environment=": "/resources/?environment={environment}",
    "/resources/?pattern=": "/resources/?pattern=repeater",
    "/incident/?since=": "/incident/?since={since}T08:00Z&until={since}T12:00Z",
    "/nodes/?q=": "/nodes/?q=env:{environment} outcome:failed",
    "/nodes/?q=resource:": "/nodes/?q=resource:{resource}",
    "/nodes/?q=changed:": "/nodes/?q=corrections:>3 changed:<7d",
    "/runs/?q=": "/runs/?q=env:{environment} outcome:failed",
    "/changes/?q=": "/changes/?q=cause:corrective env:{environment}",
    "/resource/, a year": "/resource/?name={resource}&window=365",
}

# Lists that are also measured far behind their first page, as their own links lead there.
DEEP: Final = (
    "/nodes/",
    "/resources/",
    "/runs/",
    "/changes/",
    "/changes/?resource=",
    "/hotspots/?by=resource",
    "/resource/",
)

_LISTS_AS_FILES: Final = ("nodes", "runs", "changes", "resources", "hotspots", "audit", "incident", "compare/nodes")
_EXPORTS: Final = (f"{page}_{kind}" for page in _LISTS_AS_FILES for kind in ("csv", "json"))

# Names of URLs behind which there is no page to look at: forms that take POST alone, bytes to download, and parts.
NO_PAGES: Final = frozenset(
    {
        "columns",
        "complete",  # options for the field of a query
        "end_note",
        *_EXPORTS,
        "revoke_token",
        "saved_view",
        "change_view",
        "read_again",  # of one that was put back
        "logout",
        "refused_report",
        "person_role",
        "person_active",
        "person_password",
        "group",  # as /groups/new/ is
        "group_preview",  # a part of it
        "group_gone",
        "account_elsewhere",
        "brief_file",
        "brief_again",
        "mail_again",
        "brief_schedule",  # as /briefs/schedules/new/ is
        "brief_schedule_gone",
        "sso",
        "sso_callback",
    }
)


def needed(address: str) -> set[str]:
    """What has to be told before this address can be filled."""
    return {name for _, name, _, _ in Formatter().parse(address) if name}


def fill(address: str, told: Mapping[str, str]) -> str:
    """The address with what is in braces told, such as `node` or `change`; names are written as URLs hold them."""
    return address.format_map({name: quote(value, safe="") for name, value in told.items()})
