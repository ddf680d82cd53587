"""One resource on all nodes: where and when it is corrected, and which values it is found with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.resource import FleetEventLine, ResourceDayLine, resource_key
from reports.analysis.resource_story import ResourceQuestion, ResourceStory, find_resource_story
from reports.charts.figure import Figure
from reports.charts.resource_days import draw_resource_days
from reports.errors import BadQuestion
from reports.pages.asked import Pager, Tab, id_asked, name_asked, text_asked, turn_pages, turn_tabs
from reports.pages.links import link_around, link_to_changes
from reports.pages.note_rows import NotesPanel, build_panel
from reports.pages.page import Page, show
from reports.pages.resource_values import PropertyTable, lay_out_values
from reports.pages.rows import ResourceOnNodeRow
from reports.pages.words import PATTERNS, Word
from reports.people.notes import Noted, Subject, find_noted

NODES = 25
MOST_PROPERTIES = 12
WINDOWS: dict[str | None, str] = {"7": "7 days", "30": "30 days", "90": "90 days", "365": "a year"}
USUAL_WINDOW = "90"


@dataclass(frozen=True, slots=True)
class PatternCount:
    """On how many nodes the resource shows a pattern."""

    word: Word
    nodes: int


@dataclass(frozen=True, slots=True)
class Links:
    """Where the changes of the window are listed."""

    corrections: str
    failures: str
    changes: str


@dataclass(frozen=True, slots=True)
class Event:
    """A fleet event, the list of its corrections, and what else happened then."""

    event: FleetEventLine
    link: str
    then: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourcePage(Page):
    """`chart` is None where nothing changed in the window."""

    story: ResourceStory
    windows: tuple[Tab, ...]
    environments: tuple[Tab, ...]
    corrections: int
    failures: int
    changes: int
    links: Links
    chart: Figure | None
    day_lines: tuple[ResourceDayLine, ...]
    events: tuple[Event, ...]
    patterns: tuple[PatternCount, ...]
    values: tuple[PropertyTable, ...]
    nodes: tuple[ResourceOnNodeRow, ...]
    noted: Noted
    notes: NotesPanel
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
    noted = find_noted(now, nodes=[node.node_id for node in story.nodes.rows], resources=[story.resource.id])
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
        links=_links(story),
        chart=_draw(story, today, days),
        day_lines=story.days[::-1],
        events=tuple(_event(event, story) for event in story.events),
        patterns=tuple(PatternCount(PATTERNS[pattern], count) for pattern, count in story.reach.patterns),
        values=tuple(lay_out_values(values) for values in story.values[:MOST_PROPERTIES]),
        nodes=tuple(ResourceOnNodeRow.of(node, story.resource.id) for node in story.nodes.rows),
        noted=noted,
        notes=build_panel(Subject(resource_id=story.resource.id), noted, now),
        pager=turn_pages(query, story.nodes),
    )


def read_key(query: QueryDict) -> int:
    """The id of the resource that is asked for."""
    name, key = name_asked(query, "name"), id_asked(query, "id")
    if name is not None:
        return resource_key(name)
    if key is None:
        raise BadQuestion("name: say which resource, as ?name=Type[title]")
    return key


def read_days(query: QueryDict) -> int:
    """How many UTC days to look back, today included."""
    window = text_asked(query, "window") or USUAL_WINDOW
    if window not in WINDOWS:
        raise BadQuestion(f"window: choose from {', '.join(map(str, WINDOWS))}")
    return int(window)


def _links(story: ResourceStory) -> Links:
    name, since = story.resource.name, story.since.isoformat()
    return Links(
        corrections=link_to_changes(resource=name, cause="corrective", status="success", since=since),
        failures=link_to_changes(resource=name, status="failed", since=since),
        changes=link_to_changes(resource=name, since=since),
    )


def _draw(story: ResourceStory, today: date, days: int) -> Figure | None:
    """Corrections by day and environment, each bar a link to them; None where there are none."""
    if not any(line.corrections for line in story.days):
        return None

    def link_to(day: date, environment: str) -> str:
        until = day + timedelta(days=1)
        return link_to_changes(
            resource=story.resource.name,
            environment=environment,
            cause="corrective",
            since=day.isoformat(),
            until=until.isoformat(),
        )

    return draw_resource_days(story.days, link_to, until=today, days=days)


def _event(event: FleetEventLine, story: ResourceStory) -> Event:
    """Times in addresses are whole seconds, and the last one is not counted in."""
    link = link_to_changes(
        resource=story.resource.name,
        environment=event.environment,
        cause="corrective",
        since=f"{event.started_at:%Y-%m-%dT%H:%M:%SZ}",
        until=f"{event.ended_at + timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}",
    )
    return Event(event, link, link_around(event.started_at, until=event.ended_at))


def _environments(query: QueryDict, story: ResourceStory, asked: str | None) -> tuple[Tab, ...]:
    """The environments that had it in the window; nothing to choose from where there is but one."""
    names = sorted({line.environment for line in story.days if line.environment} | ({asked} if asked else set()))
    labels: dict[str | None, str] = {None: "all environments", **{name: name for name in names}}
    return turn_tabs(query, "environment", labels, chosen=asked) if len(names) > 1 or asked else ()
