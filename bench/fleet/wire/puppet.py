"""What both of Puppet's formats tell of a run beside its resources: log, metrics, status, and which way it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final, NamedTuple
from uuid import UUID

from bench.fleet.cast import Node
from bench.fleet.plan import Plan
from bench.fleet.play import Played
from bench.fleet.wire.puppet_events import AGENT, MASTERLESS, Event, events_of, manifest, reference
from bench.fleet.wire.told import duration_of, identity, offsets, run_identity

VERSION: Final = "7.23.0"
_OTHERS: Final = 7  # schedules and the file bucket, which Puppet counts along
_NO_CATALOG: Final = "Could not retrieve catalog; skipping run"


class Line(NamedTuple):
    """A line of the log."""

    level: str
    source: str
    message: str
    at: datetime
    line: int | None = None  # of the manifest


class Way(NamedTuple):
    """How a node's reports come: as YAML or as PuppetDB's JSON, of an agent or of `puppet apply`, and whether they
    list resources in sync."""

    is_yaml: bool
    mode: str
    is_whole: bool


_WAYS: Final = (
    (45, Way(is_yaml=False, mode=AGENT, is_whole=False)),
    (60, Way(is_yaml=False, mode=AGENT, is_whole=True)),
    (80, Way(is_yaml=True, mode=AGENT, is_whole=True)),
    (90, Way(is_yaml=True, mode=MASTERLESS, is_whole=True)),
    (100, Way(is_yaml=False, mode=MASTERLESS, is_whole=False)),
)


def way_of(node: Node) -> Way:
    """The way that a node's reports come."""
    return next(way for below, way in _WAYS if node.way < below)


@dataclass(frozen=True)
class Account:
    """A run in Puppet's terms. Not slotted: what is worked out once is kept."""

    plan: Plan
    played: Played
    way: Way

    @cached_property
    def started_at(self) -> datetime:
        return self.plan.moment(self.played.at)

    @cached_property
    def took(self) -> timedelta:
        return duration_of(self.played)

    @cached_property
    def ended_at(self) -> datetime:
        return self.started_at + self.took

    @cached_property
    def run_id(self) -> UUID:
        return run_identity(self.plan, self.played)

    @cached_property
    def catalog_id(self) -> UUID:
        return identity(self.plan, "catalog", self.played.node.number, self.played.number)

    @cached_property
    def version(self) -> int:
        """The moment of the compile: what Puppet takes for the version of the code unless a site names one."""
        return int(self.started_at.timestamp()) + 3

    @cached_property
    def events(self) -> tuple[Event, ...]:
        return tuple(events_of(self.played, mode=self.way.mode))

    @cached_property
    def times(self) -> tuple[datetime, ...]:
        """When each resource was looked at."""
        return tuple(self.started_at + offset for offset in offsets(len(self.played.items), self.took))

    @property
    def is_corrective(self) -> bool:
        return any(event.is_corrective for event in self.events)

    @property
    def is_pending(self) -> bool:
        return any(event.status == "noop" for event in self.events)

    @property
    def status(self) -> str:
        if self.played.is_failed:
            return "failed"
        return "changed" if any(event.status == "success" for event in self.events) else "unchanged"

    @property
    def cached_catalog_status(self) -> str:
        return "on_failure" if self.played.is_stale else "not_used"

    @cached_property
    def log(self) -> Sequence[Line]:
        return tuple(self._log())

    def _log(self) -> Iterator[Line]:
        node, start = self.played.node, self.started_at
        yield Line("info", "Puppet", f"Using environment '{node.environment}'", start)
        if self.played.is_broken or self.played.is_stale:
            yield Line("err", "Puppet", _complaint(self.played), self.ended_at)
        if self.played.is_stale:
            yield Line("info", "Puppet", f"Using cached catalog from environment '{node.environment}'", start)
        if self.played.is_broken:
            yield Line("err", "Puppet", _NO_CATALOG, self.ended_at)
            return
        yield Line("info", "Puppet", f"Applying configuration version '{self.version}'", start)
        for event in self.events:
            source = f"/Stage[main]/Fleet::{node.role.capitalize()}/{reference(event.act.item)}"
            source += f"/{event.property}" if event.property else ""
            level = "err" if event.status == "failure" else "notice"
            yield Line(level, source, event.message, self.times[event.act.place], event.act.place + 4)
        yield Line("notice", "Puppet", f"Applied catalog in {self.took.total_seconds():.2f} seconds", self.ended_at)

    @cached_property
    def metrics(self) -> dict[str, dict[str, float]]:
        statuses = [event.status for event in self.events]
        success, failure = statuses.count("success"), statuses.count("failure")
        total = 0 if self.played.is_broken else len(self.played.items) + _OTHERS
        return {
            "resources": {
                "total": total,
                "skipped": 0,
                "failed": failure,
                "failed_to_restart": 0,
                "restarted": sum(event.property is None for event in self.events),
                "changed": success,
                "out_of_sync": len(statuses),
                "scheduled": 0,
                "corrective_change": sum(event.is_corrective for event in self.events),
            },
            "time": self._spent(),
            "changes": {"total": success},
            "events": {"total": len(statuses), "failure": failure, "success": success},
        }

    def _spent(self) -> dict[str, float]:
        seconds = self.took.total_seconds()
        agents = {"startup_time": 1.1, "plugin_sync": 0.4, "fact_generation": 1.9, "convert_catalog": 0.1}
        own = {} if self.way.mode == MASTERLESS else agents
        if self.played.is_broken:
            return {**own, "total": seconds}
        applied = seconds * 2 / 3
        own |= {"config_retrieval": 0.5, "transaction_evaluation": applied - 0.1, "catalog_application": applied}
        return {**own, "total": seconds}

    @property
    def manifest(self) -> str:
        return manifest(self.played)


def _complaint(played: Played) -> str:
    if played.is_outage:
        return "Could not retrieve catalog from remote server: Failed to open TCP connection to puppet.example.net:8140"
    return (
        "Could not retrieve catalog from remote server: Error 500 on SERVER: Server Error: Evaluation Error: "
        f"Unknown variable: 'fleet'. (file: {manifest(played)}, line: 3, column: 9) on node {played.node.name}"
    )
