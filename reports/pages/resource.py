"""One resource on all nodes: where and when it is corrected, and which values it is found with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.resource import (
    FleetEventLine,
    ResourceDayLine,
    ResourceName,
    ResourceReach,
    find_resource,
    list_events,
    list_resource_days,
    measure_reach,
    resource_key,
)
from reports.analysis.resource_nodes import NodeOfResource, list_nodes_of_resource
from reports.analysis.resource_values import PropertyValues, count_values
from reports.charts.figure import Figure
from reports.charts.resource_days import draw_resource_days
from reports.errors import BadQuestion
from reports.pages.asked import Pager, Tab, name_asked, text_asked, turn_pages, turn_tabs
from reports.pages.page import Page, show
from reports.pages.rows import ResourceOnNodeRow
from reports.pages.words import PATTERNS, Word

NODES = 50
PLACES = 5
WINDOWS: dict[str | None, str] = {"7": "7 days", "30": "30 days", "90": "90 days", "365": "a year"}
USUAL_WINDOW = "90"


@dataclass(frozen=True, slots=True)
class PatternCount:
    """On how many nodes the resource shows a pattern."""

    word: Word
    nodes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourcePage(Page):
    """`chart` is None where nothing changed in the window."""

    resource: ResourceName
    windows: tuple[Tab, ...]
    days: int
    corrections: int
    failures: int
    changes: int
    chart: Figure | None
    day_lines: tuple[ResourceDayLine, ...]
    environments: tuple[Tab, ...]
    reach: ResourceReach
    patterns: tuple[PatternCount, ...]
    events: tuple[FleetEventLine, ...]
    values: tuple[PropertyValues, ...]
    defined_at: tuple[str, ...]
    nodes: tuple[ResourceOnNodeRow, ...]
    pager: Pager


@require_safe
def resource(request: HttpRequest) -> HttpResponse:
    """The page at `/resource/?name=Type[title]`; `?id=` where the name is too long for an address."""
    return show(request, "resource", build_resource(request.GET, timezone.now()))


def build_resource(query: QueryDict, now: datetime) -> ResourcePage:
    """Raises NothingFound, and BadQuestion. Counts come from rollups; changes are read of the window, and not all."""
    found = find_resource(read_key(query))
    days = read_days(query)
    today = now.astimezone(UTC).date()
    since = today - timedelta(days=days - 1)
    lines = list_resource_days(found.id, since=since)
    environment = name_asked(query, "environment")
    nodes = list_nodes_of_resource(
        found.id, now, environment=environment, cursor=text_asked(query, "cursor"), limit=NODES
    )
    reach = measure_reach(found.id, now)
    return ResourcePage(
        title=found.name,
        section="hotspots",
        now=now,
        resource=found,
        windows=turn_tabs(query, "window", WINDOWS, chosen=str(days)),
        days=days,
        corrections=sum(line.corrections for line in lines),
        failures=sum(line.failures for line in lines),
        changes=sum(line.changes for line in lines),
        chart=draw_resource_days(lines, until=today, days=days) if any(line.corrections for line in lines) else None,
        day_lines=lines[::-1],
        environments=_environments(query, lines, environment),
        reach=reach,
        patterns=tuple(PatternCount(PATTERNS[pattern], count) for pattern, count in reach.patterns),
        events=list_events(found.id),
        values=count_values(found.id, since=datetime.combine(since, datetime.min.time(), UTC), until=now),
        defined_at=_defined_at(nodes.rows),
        nodes=tuple(ResourceOnNodeRow.of(node, found.id) for node in nodes.rows),
        pager=turn_pages(query, nodes),
    )


def read_key(query: QueryDict) -> int:
    """The id of the resource that is asked for."""
    name, key = name_asked(query, "name"), text_asked(query, "id")
    if name is not None:
        return resource_key(name)
    if key is None or len(key) > 20 or not key.removeprefix("-").isdecimal() or abs(int(key)) >= 2**63:
        raise BadQuestion("name: say which resource, as ?name=Type[title]")
    return int(key)


def read_days(query: QueryDict) -> int:
    """How many UTC days to look back, today included."""
    window = text_asked(query, "window") or USUAL_WINDOW
    if window not in WINDOWS:
        raise BadQuestion(f"window: choose from {', '.join(map(str, WINDOWS))}")
    return int(window)


def _environments(query: QueryDict, lines: tuple[ResourceDayLine, ...], asked: str | None) -> tuple[Tab, ...]:
    """The environments that had it in the window; nothing to choose from where there is but one."""
    names = sorted({line.environment for line in lines if line.environment} | ({asked} if asked else set()))
    labels: dict[str | None, str] = {None: "all environments", **{name: name for name in names}}
    return turn_tabs(query, "environment", labels, chosen=asked) if len(names) > 1 or asked else ()


def _defined_at(nodes: tuple[NodeOfResource, ...]) -> tuple[str, ...]:
    """Where the code declares it, as the last changes of the nodes shown tell: the most frequent places first."""
    places = Counter(node.last.defined_at for node in nodes if node.last and node.last.defined_at)
    return tuple(place for place, _ in places.most_common(PLACES))
