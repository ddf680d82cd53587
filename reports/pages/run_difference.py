"""What is different in a run from the run before, as the page of a run tells it."""

from __future__ import annotations

from dataclasses import dataclass

from reports.analysis.run import ComparedRun
from reports.analysis.run_difference import RunDifference
from reports.analysis.run_resources import ResourceList, RunResources
from reports.analysis.runs import RunLine
from reports.pages.links import link_to_resource
from reports.pages.rows import RunRow
from reports.run import Outcome
from reports.told import tell_duration

NOT_TOLD = "not told"


@dataclass(frozen=True, slots=True)
class Named:
    """A resource, and its page."""

    name: str
    link: str


@dataclass(frozen=True, slots=True)
class Group:
    """Resources of which the same is to be said; `kind` is the CSS class of its colour, `unnamed` how many are cut."""

    label: str
    kind: str
    count: int
    resources: tuple[Named, ...]
    unnamed: int


@dataclass(frozen=True, slots=True)
class Moved:
    """Something that the two runs tell differently, as text."""

    label: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class DifferencePart:
    """The run before, what it tells differently, and the resources that fared differently.

    `knows_resources` is False where the tool does not list what it finds in sync; `may_be_short` where one of the two
    runs failed, and so may not have come by all of its resources.
    """

    before: RunRow
    moved: tuple[Moved, ...]
    groups: tuple[Group, ...]
    is_other_machine: bool
    knows_resources: bool
    may_be_short: bool


def tell_run_difference(compared: ComparedRun) -> DifferencePart | None:
    """None for the first run that is kept."""
    difference, now = compared.difference, compared.story.run
    if difference is None:
        return None
    return DifferencePart(
        before=RunRow.of(difference.before),
        moved=_moved(difference, now, compared.story.tool_version),
        groups=_groups(compared.resources),
        is_other_machine=difference.is_other_machine,
        knows_resources=compared.resources.came is not None,
        may_be_short=bool({now.outcome, difference.before.outcome} & {Outcome.FAILED, Outcome.STALE_CATALOG, None}),
    )


def _moved(difference: RunDifference, now: RunLine, tool_version: str | None) -> tuple[Moved, ...]:
    return tell_moved(difference.before, now, versions=(difference.tool_version, tool_version))


def tell_moved(then: RunLine, now: RunLine, *, versions: tuple[str | None, str | None]) -> tuple[Moved, ...]:
    """What two runs tell differently. The versions are of their tools, and say nothing unless both are told."""
    told: list[tuple[str, str, str]] = [
        ("Code version", then.code_version or NOT_TOLD, now.code_version or NOT_TOLD),
        ("Environment", then.environment or NOT_TOLD, now.environment or NOT_TOLD),
        ("Version of the tool", *((versions[0], versions[1]) if versions[0] and versions[1] else ("", ""))),
        ("Kind of run", _kind(then), _kind(now)),
        ("Took", _took(then), _took(now)),
        *(
            (label, f"{getattr(then.counts, field):,}", f"{getattr(now.counts, field):,}")
            for label, field in _COUNTERS.items()
        ),
    ]
    return tuple(Moved(label, before, after) for label, before, after in told if before != after)


_COUNTERS = {
    "Resources": "total",
    "Failed": "failed",
    "Changed": "changed",
    "Pending": "pending",
    "Skipped": "skipped",
    "Unchanged": "unchanged",
    "Corrections": "corrective",
}


def _kind(run: RunLine) -> str:
    return "dry run" if run.noop else "run"


def _took(run: RunLine) -> str:
    return NOT_TOLD if run.duration_seconds is None else tell_duration(run.duration_seconds)


def _groups(resources: RunResources) -> tuple[Group, ...]:
    """Only those that occur, what hurts first."""
    told = (
        ("failed now, and did not then", "failed", resources.newly_failed),
        ("failed then, and is well now", "unchanged", resources.mended),
        ("changed then and now", "repeated", resources.changed_again),
        ("changed then, and left alone now", "all", resources.changed_before),
        ("managed now, and not then", "changed", resources.came),
        ("managed then, and no more now", "pending", resources.went),
    )
    return tuple(group_of(label, kind, found) for label, kind, found in told if found is not None and found.count)


def group_of(label: str, kind: str, found: ResourceList) -> Group:
    """These resources under one heading, each with its page."""
    named = tuple(Named(name, link_to_resource(name)) for name in found.names)
    return Group(label, kind, found.count, named, found.unnamed)
