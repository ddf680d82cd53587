"""A small fleet to ask about, and readers who may ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
from django.contrib.auth.models import User
from django.test import Client

from reports.intake.digest import digest_of
from reports.intake.tables import Token
from reports.rollups.recount import recount_stale
from reports.run import (
    Change,
    Counts,
    Inventory,
    LogLevel,
    LogLine,
    Outcome,
    ResourceOutcome,
    Run,
    Status,
)
from reports.store.arrived import ArrivedInventory, ArrivedRun
from reports.store.save import save_batch
from tests.said import explain

RUNS = UUID("a4f1a4b0-7a2f-4f57-9f0b-6d1f3e0b6f10")  # ids of runs follow from a word
NOW = datetime.now(UTC).replace(microsecond=0)
NASTY = 'we <b>say</b> "no" [a]]\u2028\u202egnp.exe \N{PILE OF POO} ' + "x" * 300


def run_id(word: str) -> UUID:
    """The id of the run that tests call by this word."""
    return uuid5(RUNS, word)


def tell_run(word: str, node: str, *, hours_ago: float = 1, **more: Any) -> Run:  # noqa: ANN401 - as many types as fields
    """A run that ended two seconds after it began; everything else as named."""
    started_at = NOW - timedelta(hours=hours_ago)
    plain: dict[str, Any] = {
        "tool": "generic",
        "ended_at": started_at + timedelta(seconds=2.5),
        "outcome": Outcome.UNCHANGED,
        "environment": "production",
        "counts": Counts(total=3, unchanged=3),
    }
    return Run(run_id=run_id(word), node=node, started_at=started_at, **{**plain, **more})


def tell_change(
    title: str,
    *,
    kind: str = "File",
    corrective: bool | None = None,
    status: Status = Status.SUCCESS,
) -> ResourceOutcome:
    """A resource of which one property changed."""
    change = Change("content", "old <i>", "new\ttext", status, message="content changed", corrective=corrective)
    return ResourceOutcome(kind, title, status, (change,), defined_at="site.pp:7")


def keep(*runs: Run, site: str = "main", inventories: tuple[Inventory, ...] = ()) -> None:
    """Save these runs as the drain would, and count them."""
    save_batch(
        [ArrivedRun(run, site, run.started_at + timedelta(seconds=5), explain(run)) for run in runs],
        [ArrivedInventory(inventory, site, inventory.taken_at) for inventory in inventories],
    )
    while recount_stale(NOW).days:
        pass


def keep_small_fleet() -> None:
    """Five nodes in two sites, of two tools and two environments; one silent; one whose name needs care in a URL."""
    drift = tell_change("/etc/motd", corrective=True)
    moved = tell_change(NASTY, corrective=False)
    failed = tell_change("nginx", kind="Service", status=Status.FAILED)
    counted = Counts(total=3, unchanged=2, changed=1)
    logs = (LogLine(LogLevel.WARNING, "agent <b>", "disk is \N{SNOWMAN}", NOW), LogLine(LogLevel.ERROR, "agent", "no"))
    keep(
        tell_run("web-1 first", "web-1", hours_ago=30, outcome=Outcome.CHANGED, resources=(moved,), counts=counted),
        tell_run("web-1 drift", "web-1", hours_ago=2, outcome=Outcome.CORRECTED, resources=(drift, moved)),
        tell_run("web-1 clean", "web-1", tool="other", code_version="v7"),
        tell_run("web-2", "web-2", environment="staging", outcome=Outcome.PENDING, noop=True),
        tell_run(
            "rack",
            "rack/\N{LATIN SMALL LETTER U WITH DIAERESIS} 1",
            outcome=Outcome.FAILED,
            resources=(failed,),
            logs=logs,
            timings=(("apply", 1.25),),
            message="it broke",
        ),
        tell_run("quiet", "quiet", hours_ago=50),
        tell_run("under way", "new", ended_at=None, outcome=None),
        inventories=(
            Inventory("generic", "web-1", NOW - timedelta(hours=2), facts={"os": "old", "kernel": "6.1"}),
            Inventory("other", "web-1", NOW - timedelta(hours=1), facts={"os": "Debian"}, packages={"nginx": "1.22"}),
        ),
    )
    keep(tell_run("branch", "web-1", outcome=Outcome.CORRECTED, resources=(drift,)), site="branch")


@dataclass(frozen=True, slots=True)
class Reader:
    """Asks the read API with a read token."""

    client: Client

    def get(self, path: str, expected: int = 200, **query: str) -> Any:  # noqa: ANN401 - any JSON
        """The JSON under `/api/v1/<path>`."""
        response = self.client.get(f"/api/v1/{path}", query)
        assert response["Content-Type"] == "application/json"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response.status_code == expected, response.content
        return response.json()

    def names(self, path: str, field: str = "name", **query: str) -> list[Any]:
        """One field of every row of a list."""
        return [row[field] for row in self.get(path, 200, **query)["results"]]


def make_token(secret: str, **more: Any) -> Token:  # noqa: ANN401
    """A token that is known by this secret."""
    return Token.objects.create(**{"name": "tests", "scope": "read", "digest": digest_of(secret), **more})


@pytest.fixture
def reader(db: None) -> Reader:
    """A program with a read token."""
    make_token("may-read", last_used_at=datetime.now(UTC))  # the first use in a minute costs a query more
    return Reader(Client(headers={"Authorization": "Bearer may-read"}))


@pytest.fixture
def person(db: None) -> Iterator[Client]:
    """Somebody who is logged in."""
    client = Client()
    client.force_login(User.objects.create_user("ada"))
    yield client


@pytest.fixture
def fleet(db: None) -> None:
    """The small fleet, saved and counted."""
    keep_small_fleet()
