"""A fleet with three weeks behind it: drift on many nodes, failures, a silent node, mutes; some names are nasty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.contrib.auth.models import User

from reports.intake.tables import IntakeDay
from reports.people.notes import NewNote, Subject, write_note
from reports.rollups.recount import recount_stale
from reports.run import Counts, Outcome, Run
from reports.store.arrived import ArrivedRun
from reports.store.ids import node_id, resource_id
from reports.store.save import save_batch
from tests.api.conftest import NASTY, NOW, tell_change, tell_run
from tests.said import explain

WEB: Final = tuple(f"web-{number}" for number in range(8))
STAGING: Final = ("stage-1", "stage-2")
WEEK_HOURS: Final = 7 * 24
NOTHING: Final = Counts(total=3, unchanged=3)
ONE: Final = Counts(total=3, unchanged=2, changed=1)


def keep_weeks() -> None:
    """Save and count it all; counted until nothing is stale, the present hour too."""
    runs = list(_tell())
    save_batch([ArrivedRun(run, "main", run.started_at + timedelta(seconds=5), explain(run)) for run in runs], [])
    while (counted := recount_stale(NOW + timedelta(days=1))).days or counted.hours:
        pass
    _mute()
    for days_ago, refused in ((0, 2), (7, 3)):
        day = (NOW - timedelta(days=days_ago)).date()
        IntakeDay.objects.create(day=day, door="one", sender="a", stored=50, duplicates=2, refused=refused, bytes=900)


def _tell() -> Iterator[Run]:
    """The same in this week, the one before and the one before that, less of it each time."""
    for ago in range(3):
        for number, name in enumerate((*WEB, *STAGING)):
            environment = "staging" if name in STAGING else "production"
            for hours in (2 + number / 4, 30 + number / 4):
                yield _corrected(name, hours + ago * WEEK_HOURS, environment, "/etc/resolv.conf")
            yield _unchanged(name, 4 + ago * WEEK_HOURS, environment)
        if not ago:
            yield _corrected("web-7", 3, "production", NASTY)
        yield _failed("web-1", 5 + ago * WEEK_HOURS, f"it broke {ago}: <b>")
    yield _corrected("new-1", 20, "production", "/etc/new.conf")
    yield _failed("broken", 2.2, NASTY)
    yield _unchanged("quiet", 3 * WEEK_HOURS, "production")


def _corrected(node: str, hours_ago: float, environment: str, title: str) -> Run:
    drift = tell_change(title, corrective=True)
    word = f"{node} {title[:20]} {hours_ago}"
    told = {"environment": environment, "counts": ONE, "resources": (drift,), "outcome": Outcome.CORRECTED}
    return tell_run(word, node, hours_ago=hours_ago, **told)


def _unchanged(node: str, hours_ago: float, environment: str) -> Run:
    return tell_run(f"{node} {hours_ago}", node, hours_ago=hours_ago, environment=environment, counts=NOTHING)


def _failed(node: str, hours_ago: float, message: str) -> Run:
    word = f"{node} failed {hours_ago}"
    return tell_run(word, node, hours_ago=hours_ago, outcome=Outcome.FAILED, message=message, counts=NOTHING)


def _mute() -> None:
    owner = User.objects.create_user("grace")
    soon = NewNote("known, <b>ticket</b> 4711", is_mute=True, expires_at=NOW + timedelta(days=2))
    write_note(Subject(node_id("main", "web-0")), soon, owner)
    write_note(
        Subject(node_id("main", "stage-1")), NewNote("staging", is_mute=True, expires_at=NOW + timedelta(30)), owner
    )
    write_note(Subject(resource_id=resource_id("File", "/etc/new.conf")), NewNote("only a note"), owner)
