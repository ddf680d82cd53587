"""One line of a list as a page shows it: the answer itself, its words, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import urlencode

from reports.analysis.changes import ChangeLine
from reports.analysis.heat import COLD
from reports.analysis.nodes import NodeLine
from reports.analysis.resource_nodes import NodeOfResource
from reports.analysis.runs import RunLine
from reports.pages.differences import Difference, tell_difference
from reports.pages.links import (
    MAIN_SITE,
    link_to_change,
    link_to_node,
    link_to_resource,
    link_to_resource_of_node,
    link_to_run,
)
from reports.pages.words import CAUSE_SOURCES, CAUSES, PATTERNS, STATUSES, Word, word_of_change, word_of_outcome
from reports.run import Cause, CauseSource, Status
from reports.told import tell_risk

_WORDS_AROUND: Final = 50  # characters that a message may have beside the two values and still say no more than them


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node. `site` is None in the main one, which goes without saying; `heat` where it has all but cooled down."""

    node: NodeLine
    word: Word
    link: str
    site: str | None
    heat: float | None
    risk: str | None
    run_link: str | None

    @classmethod
    def of(cls, node: NodeLine) -> Self:
        return cls(
            node=node,
            word=STATUSES[node.status],
            link=link_to_node(node.name, site=node.site),
            site=None if node.site == MAIN_SITE else node.site,
            heat=node.heat if node.heat and node.heat >= COLD else None,
            risk=None if node.risk is None else tell_risk(node.risk),
            run_link=link_to_run(node.last_run_id, node=node.name, site=node.site) if node.last_run_id else None,
        )


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run. `pick` is what a tick beside it sends, to compare it: the run, and whose it is."""

    run: RunLine
    word: Word
    link: str
    node_link: str
    site: str | None

    @property
    def pick(self) -> str:
        return urlencode({"id": self.run.id, "node": self.run.node, "site": self.run.site})

    @classmethod
    def of(cls, run: RunLine) -> Self:
        return cls(
            run=run,
            word=word_of_outcome(run.outcome),
            link=link_to_run(run.id, node=run.node, site=run.site),
            node_link=link_to_node(run.node, site=run.site),
            site=None if run.site == MAIN_SITE else run.site,
        )


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change. `word` is its cause where it succeeded, else what became of it, and then `cause` is a word of its own.

    `message` is left out where it only repeats the values, `said_by` where it was the tool itself: the reason says so.
    `link` opens the change among the others of its resource, on the page of its node.
    """

    change: ChangeLine
    word: Word
    cause: Word | None
    message: str | None
    reason: str | None
    link: str
    resource_link: str
    run_link: str
    node_link: str
    site: str | None
    difference: Difference
    said_by: str | None

    @classmethod
    def of(cls, change: ChangeLine) -> Self:
        has_cause = change.status is not Status.SUCCESS and change.cause is not Cause.UNKNOWN
        return cls(
            change=change,
            word=word_of_change(change.status, change.cause),
            cause=CAUSES[change.cause] if has_cause else None,
            message=None if _repeats_values(change) else change.message,
            reason=change.reason or None,
            link=link_to_change(change.run_id, change.ordinal, node=change.node, site=change.site),
            resource_link=link_to_resource(change.resource),
            run_link=link_to_run(change.run_id, node=change.node, site=change.site),
            node_link=link_to_node(change.node, site=change.site),
            site=None if change.site == MAIN_SITE else change.site,
            difference=tell_difference(change.old, change.new, diff=change.diff, is_sensitive=change.is_sensitive),
            said_by=_said_by(change.cause_source),
        )


@dataclass(frozen=True, slots=True)
class ResourceOnNodeRow:
    """A resource on one of its nodes. `word` is what its last change was; None where that is no longer kept."""

    node: NodeOfResource
    link: str
    site: str | None
    pattern: Word | None
    word: Word | None
    change_link: str | None

    @classmethod
    def of(cls, node: NodeOfResource, resource_id: int) -> Self:
        last = node.last
        return cls(
            node=node,
            link=link_to_resource_of_node(resource_id, node=node.node, site=node.site),
            site=None if node.site == MAIN_SITE else node.site,
            pattern=None if node.pattern is None else PATTERNS[node.pattern],
            word=word_of_change(last.status, last.cause, unknown_because=last.reason) if last else None,
            change_link=link_to_change(last.run_id, last.ordinal, node=node.node, site=node.site) if last else None,
        )


def _repeats_values(change: ChangeLine) -> bool:
    """Whether the tool's message is but "mode changed '0666' to '0640'", whose values or diff stand above it."""
    message, old, new = change.message, change.old, change.new
    if not message or not old or not new or change.is_sensitive:
        return False
    return old in message and new in message and len(message) <= len(old) + len(new) + _WORDS_AROUND


def _said_by(source: CauseSource | None) -> str | None:
    return None if source in (None, CauseSource.TOOL) else CAUSE_SOURCES[source]
