"""What a node's page tells of one resource that was opened: the change, the values over time, the same elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import QueryDict

from reports.analysis.node_resource import Asked, NodeResourceStory, find_node_resource
from reports.analysis.nodes import NodeLine
from reports.analysis.opened import OpenedRun
from reports.analysis.value_history import PropertyHistory, ValueStep
from reports.errors import BadQuestion
from reports.pages.asked import id_asked, text_asked
from reports.pages.links import link_to_change, link_to_changes, link_to_resource, link_to_run
from reports.pages.rows import ChangeRow, ResourceOnNodeRow
from reports.pages.words import PATTERNS, Word, word_of_mark, word_of_outcome

OPEN_STEPS = 8  # of a property's history; the others are folded
FOLDED_STEPS = 24  # older ones are in the list of all changes


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a property, and the link that opens it."""

    step: ValueStep
    word: Word
    link: str


@dataclass(frozen=True, slots=True)
class Property:
    """One property over time, newest first. `untold`: so many steps are left to the list of all changes."""

    history: PropertyHistory
    steps: tuple[Step, ...]
    further: tuple[Step, ...]
    untold: int


@dataclass(frozen=True, slots=True)
class RunOpened:
    """The run of the change that was opened."""

    run: OpenedRun
    word: Word
    link: str


@dataclass(frozen=True, slots=True)
class Opened:
    """`run` and `changes` are of the change that was opened; None and empty where it was the resource as a whole."""

    story: NodeResourceStory
    link: str
    all_changes: str
    close: str
    pattern: Word | None
    run: RunOpened | None
    changes: tuple[ChangeRow, ...]
    properties: tuple[Property, ...]
    elsewhere: tuple[ResourceOnNodeRow, ...]


def build_opened(node: NodeLine, query: QueryDict, now: datetime) -> Opened | None:
    """What `?change=` or `?resource=` asks for; None without either. Raises NothingFound and BadQuestion."""
    asked = read_asked(query)
    if asked is None:
        return None
    story = find_node_resource(node, asked, now)
    opened = story.opened
    return Opened(
        story=story,
        link=link_to_resource(story.resource),
        all_changes=link_to_changes(resource=story.resource, node=node.name, site=node.site, window="all"),
        close=_close(query),
        pattern=None if story.pattern is None else PATTERNS[story.pattern],
        run=None if opened is None else _run(opened, node),
        changes=tuple(ChangeRow.of(change) for change in opened.changes) if opened else (),
        properties=tuple(_property(history, node) for history in story.history.properties),
        elsewhere=tuple(ResourceOnNodeRow.of(other, story.resource_id) for other in story.elsewhere),
    )


def _run(opened: OpenedRun, node: NodeLine) -> RunOpened:
    link = link_to_run(opened.id, node=node.name, site=node.site)
    return RunOpened(opened, word_of_outcome(opened.outcome), link)


def read_asked(query: QueryDict) -> Asked | None:
    """Which resource is asked for: `change=RUN:ORDINAL`, or `resource=ID`."""
    change, resource = text_asked(query, "change"), id_asked(query, "resource")
    if change is not None:
        return _read_change(change)
    return None if resource is None else Asked(resource_id=resource)


def _read_change(text: str) -> Asked:
    run_id, _, ordinal = text.partition(":")
    refusal = BadQuestion("change: a run's id, a colon, and the place of the change in that run")
    if not (ordinal.isascii() and ordinal.isdigit() and len(ordinal) < 10):
        raise refusal
    try:
        return Asked(run_id=UUID(run_id), ordinal=int(ordinal))
    except ValueError as error:
        raise refusal from error


def _close(query: QueryDict) -> str:
    """The same page with nothing opened."""
    kept = query.copy()
    for name in ("change", "resource"):
        kept.pop(name, None)
    return f"?{kept.urlencode()}"


def _property(history: PropertyHistory, node: NodeLine) -> Property:
    steps = tuple(
        Step(
            step=step,
            word=word_of_mark(step.status, step.cause),
            link=link_to_change(step.run_id, step.ordinal, node=node.name, site=node.site),
        )
        for step in history.steps[: OPEN_STEPS + FOLDED_STEPS]
    )
    return Property(history, steps[:OPEN_STEPS], steps[OPEN_STEPS:], untold=len(history.steps) - len(steps))
