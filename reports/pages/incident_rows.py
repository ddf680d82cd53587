"""The lines of an incident window as its page shows them: the answers, and where each leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from reports.analysis.fleet_events import FleetEventStory
from reports.analysis.incident_changes import FoldedChange
from reports.analysis.incident_failures import RunFailure
from reports.analysis.incident_inventory import MovedFact
from reports.analysis.incident_nodes import IncidentNodes, NodeMoment, NodeMoments
from reports.analysis.incident_versions import MovedVersion
from reports.analysis.incident_words import tell_happened, tell_news
from reports.pages.incident_asked import AskedIncident, link_to_alike
from reports.pages.links import link_to_node, link_to_resource, link_to_run
from reports.pages.rows import ChangeRow


@dataclass(frozen=True, slots=True)
class FoldedRow:
    """A line of changes.

    `news` are the words for what is new in it; `alike` opens the changes behind it, where they are more than one.
    """

    folded: FoldedChange
    row: ChangeRow
    news: tuple[str, ...]
    alike: str | None

    @classmethod
    def of(cls, folded: FoldedChange, asked: AskedIncident) -> Self:
        return cls(
            folded=folded,
            row=ChangeRow.of(folded.change),
            news=tell_news(folded),
            alike=link_to_alike(asked, folded.change) if folded.times > 1 else None,
        )


@dataclass(frozen=True, slots=True)
class FailureRow:
    """A message that runs failed with, and the first of these runs."""

    failure: RunFailure
    run_link: str
    node_link: str

    @classmethod
    def of(cls, failure: RunFailure) -> Self:
        run_link = link_to_run(failure.run_id, node=failure.node, site=failure.site)
        return cls(failure, run_link, link_to_node(failure.node, site=failure.site))


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A code version that moved, and the first node that it came to."""

    version: MovedVersion
    node_link: str

    @classmethod
    def of(cls, version: MovedVersion) -> Self:
        return cls(version, link_to_node(version.node, site=version.site))


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact or package that changed, and the first node on which it did."""

    fact: MovedFact
    node_link: str

    @classmethod
    def of(cls, fact: MovedFact) -> Self:
        return cls(fact, link_to_node(fact.node, site=fact.site))


@dataclass(frozen=True, slots=True)
class EventRow:
    """A fleet event, and its resource's page."""

    event: FleetEventStory
    link: str

    @classmethod
    def of(cls, event: FleetEventStory) -> Self:
        return cls(event, link_to_resource(event.resource))


@dataclass(frozen=True, slots=True)
class MomentRow:
    """A node to which something happened."""

    moment: NodeMoment
    link: str


@dataclass(frozen=True, slots=True)
class MomentList:
    """Nodes to which the same happened, `kind` is the CSS class of its colour; `unnamed` is how many are not listed."""

    key: str
    label: str
    kind: str
    count: int
    rows: tuple[MomentRow, ...]
    unnamed: int


def tell_moments(nodes: IncidentNodes) -> tuple[MomentList, ...]:
    """Only what happened to some, the worst first."""
    return tuple(_moments(one.key, one.label, one.kind, one.found) for one in tell_happened(nodes))


def _moments(key: str, label: str, kind: str, found: NodeMoments) -> MomentList:
    rows = tuple(MomentRow(moment, link_to_node(moment.name, site=moment.site)) for moment in found.first)
    return MomentList(key, label, kind, found.count, rows, found.count - len(rows))
