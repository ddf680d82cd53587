"""One line of the ranking as its page shows it: the answer, its words, and the lists that its numbers count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, NamedTuple, Self

from reports.analysis.fleet_events import FleetEventStory
from reports.analysis.hotspots import Hotspot
from reports.analysis.new_hotspots import NewHotspot
from reports.analysis.node import node_key
from reports.analysis.ranking import By
from reports.analysis.repeaters import Repeater
from reports.analysis.resource import resource_key
from reports.pages.hotspot_question import Question, span_query
from reports.pages.links import (
    MAIN_SITE,
    link_around,
    link_to_changes,
    link_to_node,
    link_to_resource,
    link_to_resource_of_node,
    link_to_runs,
)
from reports.pages.words import PATTERNS, Word
from reports.run import Outcome
from reports.told import tell_risk, tell_share

NO_ENVIRONMENT = "no environment told"
_FINISHED: Final = ",".join(outcome.name.lower() for outcome in sorted(Outcome, reverse=True))
_MILLISECOND: Final = timedelta(milliseconds=1)  # times are kept to the millisecond, and a list ends before its end


class Pair(NamedTuple):
    """The ids of a resource on a node."""

    node_id: int
    resource_id: int


@dataclass(frozen=True, slots=True)
class HotspotRow:
    """A node, resource or environment. A link is None where there is no list of just that.

    `heat_width` is how long its bar is, of a hundred; the hottest of the page has them all.
    """

    spot: Hotspot
    name: str
    site: str | None
    link: str | None
    all_corrections_link: str | None  # over all time
    corrections_link: str | None
    before_link: str | None
    runs_link: str | None
    corrected_runs_link: str | None
    nodes_link: str | None
    hottest_link: str | None
    pair: Pair | None
    heat_width: float
    share: str
    risk: str | None
    pattern: Word | None
    then: str | None  # what else happened when it was last corrected

    @classmethod
    def of(cls, spot: Hotspot, question: Question, *, hottest_heat: float) -> Self:
        links = _Links(spot, question)
        return cls(
            spot=spot,
            name=spot.name or NO_ENVIRONMENT,
            site=spot.site if spot.site not in {None, MAIN_SITE} else None,
            link=links.itself(),
            all_corrections_link=links.corrections({}),
            corrections_link=links.corrections(span_query(question.span)),
            before_link=links.corrections(span_query(question.span.before())),
            runs_link=links.runs(),
            corrected_runs_link=links.runs(outcome="corrected"),
            nodes_link=links.nodes(),
            hottest_link=links.hottest(),
            pair=links.pair(),
            heat_width=round(100 * (spot.heat or 0.0) / hottest_heat, 1) if hottest_heat else 0.0,
            share=tell_share(spot.share_of_runs),
            risk=None if spot.risk is None else tell_risk(spot.risk),
            pattern=PATTERNS[spot.pattern] if spot.pattern else None,
            then=link_around(spot.last_correction_at) if spot.last_correction_at else None,
        )


@dataclass(frozen=True, slots=True)
class _Links:
    spot: Hotspot
    question: Question

    def itself(self) -> str | None:
        spot, question = self.spot, self.question
        if question.by is By.NODE:
            return link_to_node(spot.name, site=spot.site or MAIN_SITE)
        if question.by is By.RESOURCE:
            return link_to_resource(spot.name, environment=question.wanted.environment)
        return question.link(by="node", environment=spot.name) if spot.name else None

    def corrections(self, span: Mapping[str, object]) -> str | None:
        spot = self.spot
        asked: dict[str, Any] = {"cause": "corrective", "status": "success", **span}
        if self.question.by is By.NODE:
            return link_to_changes(node=spot.name, site=spot.site, **asked)
        if self.question.by is By.RESOURCE:
            return link_to_changes(resource=spot.name, environment=self.question.wanted.environment, **asked)
        return link_to_changes(environment=spot.name, **asked) if spot.name else None

    def runs(self, **asked: object) -> str | None:
        """Of a node all of them; of the fleet or an environment those that finished, as its hours count them."""
        spot, asked = self.spot, {**asked, **span_query(self.question.span)}
        if self.question.by is By.NODE:
            return link_to_runs(node=spot.name, site=spot.site, **asked)
        finished = {"outcome": _FINISHED, **asked}
        if self.question.by is By.RESOURCE:
            return link_to_runs(environment=self.question.wanted.environment, **finished)
        return link_to_runs(environment=spot.name, **finished) if spot.name else None

    def nodes(self) -> str | None:
        """Where the nodes that are counted are listed."""
        return self.itself() if self.question.by is not By.NODE else None

    def hottest(self) -> str | None:
        """Of a node or resource, the resource on that node, opened; of an environment, the resource on all of them."""
        spot, pair = self.spot, self.pair()
        if spot.hottest is None:
            return None
        if pair is None:
            return link_to_resource(spot.hottest.name, environment=spot.name)
        of_node = spot if self.question.by is By.NODE else spot.hottest
        return link_to_resource_of_node(pair.resource_id, node=of_node.name, site=of_node.site or MAIN_SITE)

    def pair(self) -> Pair | None:
        """The node and the resource that are meant by a row and what is hottest in it; None for an environment."""
        spot, hottest = self.spot, self.spot.hottest
        if spot.id is None or hottest is None:
            return None
        if self.question.by is By.NODE:
            return Pair(spot.id, resource_key(hottest.name))
        return Pair(node_key(hottest.name, site=hottest.site or MAIN_SITE), spot.id)


@dataclass(frozen=True, slots=True)
class NewRow:
    """Something that is hot now and was not the week before: a node, or a resource."""

    new: NewHotspot
    link: str
    node_id: int | None
    resource_id: int | None

    @classmethod
    def of(cls, new: NewHotspot) -> Self:
        if new.site is None:
            return cls(new, link_to_resource(new.name), None, new.id)
        return cls(new, link_to_node(new.name, site=new.site), new.id, None)


@dataclass(frozen=True, slots=True)
class RepeaterRow:
    """A resource that changes in nearly every run."""

    repeater: Repeater
    link: str
    node_link: str | None

    @classmethod
    def of(cls, repeater: Repeater) -> Self:
        node, site = repeater.node, repeater.site
        return cls(
            repeater=repeater,
            link=link_to_resource(repeater.resource),
            node_link=link_to_node(node, site=site) if node and site else None,
        )


@dataclass(frozen=True, slots=True)
class EventRow:
    """One resource, corrected on many nodes at about one time."""

    event: FleetEventStory
    environment: str
    link: str
    corrections_link: str
    then: str  # what else happened then

    @classmethod
    def of(cls, event: FleetEventStory) -> Self:
        return cls(
            event=event,
            environment=event.environment or NO_ENVIRONMENT,
            link=link_to_resource(event.resource),
            corrections_link=link_to_changes(
                resource=event.resource,
                environment=event.environment,
                cause="corrective",
                status="success",
                since=event.started_at.isoformat(),
                until=(event.ended_at + _MILLISECOND).isoformat(),
            ),
            then=link_around(event.started_at, until=event.ended_at),
        )
