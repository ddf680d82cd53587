"""Tells what happened to a node, run by run, of which a test names only what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from reports.drift.causes import explain
from reports.drift.history import ChangeKey, History, Life, PastChange, PastRun
from reports.run import Cause, CauseSource, Explanation, Outcome, Status
from reports.store.ids import declared_id, resource_id

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)

Told = tuple[Cause, CauseSource | None]

TOOL, INFERRED, PRESUMED = CauseSource.TOOL, CauseSource.INFERRED, CauseSource.PRESUMED


def change(title: str = "motd", **more: Any) -> PastChange:  # noqa: ANN401 - as many types as fields
    """A change of one property that succeeded and of which the tool says no more than the resource."""
    plain: dict[str, Any] = {
        "key": ChangeKey(UUID(int=0), 0),
        "at": NOON,
        "resource_id": resource_id("Thing", title),
        "occurrence": None,
        "property": "content",
        "status": Status.SUCCESS,
        "old": None,
        "new": None,
        "found": None,
        "desired": None,
        "message": None,
        "said_corrective": None,
        "said_triggered": False,
        "is_sensitive": False,
        "is_action": False,
    }
    return PastChange(**{**plain, **more})


def command(title: str = "warm up", **more: Any) -> PastChange:  # noqa: ANN401 - as many types as fields
    """Something that was done."""
    return change(title, property="returns", is_action=True, **more)


class Tale:
    """A node's runs, half an hour apart, of a tool that lists what it looks at unless told otherwise."""

    def __init__(self, *, tool: str = "one", lists: bool = True) -> None:
        self.tool, self.lists = tool, lists
        self.runs: list[PastRun] = []
        self.changes: dict[UUID, Sequence[PastChange]] = {}
        self.resource_sets: dict[int, frozenset[int]] = {}
        self.declared_sets: dict[int, frozenset[int]] = {}
        self.lives: list[Life] = []

    def run(self, *changes: PastChange, in_sync: Mapping[str, str | None] | None = None, **more: Any) -> Tale:  # noqa: ANN401
        """One run. `in_sync`: what it found as it should be, by title, with the declared state where it tells one."""
        number = len(self.runs) + 1
        run_id, at = UUID(int=number), NOON + number * HALF_HOUR
        ids = {resource_id("Thing", title): state for title, state in (in_sync or {}).items()}
        self.resource_sets[number] = frozenset(ids) | {one.resource_id for one in changes}
        self.declared_sets[number] = frozenset(declared_id(one, state) for one, state in ids.items() if state)
        plain: dict[str, Any] = {
            "at": at,
            "run_id": run_id,
            "tool": self.tool,
            "environment": "production",
            "code_version": None,
            "outcome": Outcome.CHANGED if changes else Outcome.UNCHANGED,
            "noop": False,
            "machine_id": None,
            "resource_set_id": number if self.lists else None,
            "declared_set_id": number,
        }
        past = PastRun(**{**plain, **more})
        self.runs.append(past)
        if changes:
            self.changes[run_id] = [
                one._replace(key=ChangeKey(run_id, place), at=past.at) for place, one in enumerate(changes)
            ]
        return self

    def built(self, *titles: str, **more: Any) -> Tale:  # noqa: ANN401
        """A first run that found these in sync, as of a machine that was there before it was watched."""
        return self.run(in_sync=dict.fromkeys(titles or ("motd",)), **more)

    def another_machine(self, number: int) -> Tale:
        """From the next run on another machine stands behind the name."""
        self.lives.append(Life(NOON + (len(self.runs) + 1) * HALF_HOUR - timedelta(minutes=1), number, self.tool))
        return self

    def history(self, **more: Any) -> History:  # noqa: ANN401
        """All of it."""
        whole = History(
            1,
            self.runs,
            self.changes,
            resource_sets=self.resource_sets,
            declared_sets=self.declared_sets,
            lives=self.lives,
        )
        return replace(whole, **more)

    def last(self, *, companions: int = 0) -> Explanation:
        """Why the last change was needed, where so many other nodes made it at about that time."""
        key = self.changes[self.runs[-1].run_id][-1].key
        return explain(self.history(companions={key: companions}))[key]

    def told(self, *, companions: int = 0) -> Told:
        """The cause of the last change, and who says so."""
        explanation = self.last(companions=companions)
        return explanation.cause, explanation.source

    def causes(self) -> list[Cause]:
        """The cause of every change, in order."""
        explained = explain(self.history())
        return [explained[one.key].cause for run in self.runs for one in self.changes.get(run.run_id, ())]
