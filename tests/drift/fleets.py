"""Small fleets of chance that have everything which makes the order of arrival matter."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from reports.run import Change, InSync, Inventory, Outcome, ResourceOutcome, Run, Status
from reports.store.arrived import ArrivedInventory, ArrivedRun
from tests.store.telling import NOW, arrive, tell_run

Arrival = ArrivedRun | ArrivedInventory

_NODES = ("web1", "web2", "web3", "web4", "web5", "web6")
_TITLES = ("/a", "/b")
_STATUSES = [*[Status.SUCCESS] * 6, Status.FAILED, Status.PENDING, Status.SKIPPED]


def tell_fleet(seed: int, *, rounds: int = 30) -> list[Arrival]:
    """Runs of nodes that change much alike, one with two tools, some run once only; machines come and go."""
    chance = random.Random(seed)  # noqa: S311 - the same every time
    arrivals: list[Arrival] = []
    for number in range(rounds):
        at = NOW - timedelta(minutes=chance.choice([30, 30, 47]) * (rounds - number))
        for node in _NODES if number % 4 == 0 else _NODES[:-1]:
            tools = ("one", "two") if node == "web1" and number % 3 == 0 else ("one",)
            for tool in tools:
                run = _tell_run(chance, f"{node} {tool} {number}", node, tool)
                arrivals += _tell(chance, replace(run, started_at=at, ended_at=at + timedelta(seconds=3)))
        arrivals += _tell_once(chance, number)
        if chance.random() < 0.3:
            arrivals.append(_tell_machine(chance, chance.choice(_NODES), at))
    return arrivals


def _tell_once(chance: random.Random, number: int) -> Iterator[Arrival]:
    """A node of one run: nothing of its own will ever have it explained again."""
    at = NOW - timedelta(minutes=chance.randrange(900))
    run = _tell_run(chance, f"once {number}", f"once{number}", "one")
    yield _unexplained(replace(run, started_at=at, ended_at=at))
    if chance.random() < 0.3:
        yield _tell_machine(chance, f"once{number}", at - timedelta(minutes=10))


def _tell_machine(chance: random.Random, node: str, at: datetime) -> ArrivedInventory:
    told = Inventory("one", node, at, facts={"at": str(at)}, machine=chance.choice(["m1", "m2"]))
    return ArrivedInventory(told, "main", at)


def _tell(chance: random.Random, run: Run) -> Iterator[ArrivedRun]:
    """The run; sometimes its start before it, or a poorer report of it that knew less."""
    kind = chance.random()
    if kind < 0.1:
        yield _unexplained(replace(run, outcome=None, ended_at=None, resources=(), in_sync=(), richness=0))
    elif kind < 0.2:
        earlier = run.started_at - timedelta(minutes=chance.choice([0, 1, 61]))
        yield _unexplained(replace(run, resources=run.resources[:1], started_at=earlier, richness=0))
    yield _unexplained(run)


def _unexplained(run: Run) -> ArrivedRun:
    return replace(arrive(run), explanations=())


def _tell_run(chance: random.Random, word: str, node: str, tool: str) -> Run:
    resources = tuple(_tell_resource(chance, node, tool) for _ in range(chance.choice([0, 0, 1, 2])))
    changed = {resource.title for resource in resources}
    run = tell_run(
        word,
        node,
        tool=tool,
        resources=resources,
        in_sync=tuple(
            InSync(tool, title, chance.choice(["d1", "d2", None])) for title in _TITLES if title not in changed
        ),
        machine=chance.choice([None, None, None, "m1", "m2"]) if node == "web3" else None,
    )
    return replace(
        run, outcome=chance.choice([Outcome.CHANGED, Outcome.CORRECTED, Outcome.FAILED]) if changed else run.outcome
    )


def _tell_resource(chance: random.Random, node: str, tool: str) -> ResourceOutcome:
    """One of a few changes, so that nodes have companions; web5 has values of its own."""
    desired = chance.choice(["d1", None, None])
    change = Change(
        property=chance.choice(["content", "content", "mode"]),
        old=node if node == "web5" else "x",
        new=chance.choice(["y", "y", "z"]),
        status=chance.choice(_STATUSES),
        corrective=chance.choice([True, False, None, None]),
        triggered=chance.random() < 0.1,
    )
    return ResourceOutcome(tool, chance.choice(_TITLES), change.status, (change,), desired=desired, found=desired)
