"""One resource on all nodes: where and when it is corrected, and which values it is found with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.resource import ResourceDayLine, resource_key
from reports.analysis.resource_story import ResourceQuestion, ResourceStory, find_resource_story
from reports.charts.figure import Figure
from reports.charts.resource_days import draw_resource_days
from reports.errors import BadQuestion
from reports.pages.asked import Pager, Tab, name_asked, text_asked, turn_pages, turn_tabs
from reports.pages.page import Page, show
from reports.pages.resource_values import PropertyTable, lay_out_values
from reports.pages.rows import ResourceOnNodeRow
from reports.pages.words import PATTERNS, Word

NODES = 50
MOST_PROPERTIES = 12
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

    story: ResourceStory
    windows: tuple[Tab, ...]
    environments: tuple[Tab, ...]
    corrections: int
    failures: int
    changes: int
    chart: Figure | None
    day_lines: tuple[ResourceDayLine, ...]
    patterns: tuple[PatternCount, ...]
    values: tuple[PropertyTable, ...]
    nodes: tuple[ResourceOnNodeRow, ...]
    pager: Pager


@require_safe
def resource(request: HttpRequest) -> HttpResponse:
    """The page at `/resource/?name=Type[title]`; `?id=` where the name is too long for an address."""
    return show(request, "resource", build_resource(request.GET, timezone.now()))


def build_resource(query: QueryDict, now: datetime) -> ResourcePage:
    """Raises NothingFound, and BadQuestion."""
    days, environment = read_days(query), name_asked(query, "environment")
    asked = ResourceQuestion(
        read_key(query), days=days, environment=environment, cursor=text_asked(query, "cursor"), limit=NODES
    )
    story = find_resource_story(asked, now)
    today = now.astimezone(UTC).date()
    return ResourcePage(
        title=story.resource.name,
        section="hotspots",
        now=now,
        story=story,
        windows=turn_tabs(query, "window", WINDOWS, chosen=str(days)),
        environments=_environments(query, story, environment),
        corrections=sum(line.corrections for line in story.days),
        failures=sum(line.failures for line in story.days),
        changes=sum(line.changes for line in story.days),
        chart=draw_resource_days(story.days, until=today, days=days) if _is_corrected(story) else None,
        day_lines=story.days[::-1],
        patterns=tuple(PatternCount(PATTERNS[pattern], count) for pattern, count in story.reach.patterns),
        values=tuple(lay_out_values(values) for values in story.values[:MOST_PROPERTIES]),
        nodes=tuple(ResourceOnNodeRow.of(node, story.resource.id) for node in story.nodes.rows),
        pager=turn_pages(query, story.nodes),
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


def _is_corrected(story: ResourceStory) -> bool:
    return any(line.corrections for line in story.days)


def _environments(query: QueryDict, story: ResourceStory, asked: str | None) -> tuple[Tab, ...]:
    """The environments that had it in the window; nothing to choose from where there is but one."""
    names = sorted({line.environment for line in story.days if line.environment} | ({asked} if asked else set()))
    labels: dict[str | None, str] = {None: "all environments", **{name: name for name in names}}
    return turn_tabs(query, "environment", labels, chosen=asked) if len(names) > 1 or asked else ()
