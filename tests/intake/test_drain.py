"""From a door to the store: what the drain makes of reports, readable ones and others."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from reports.intake.tables import IntakeDay, Refused
from reports.store.tables import Run
from tests.intake.conftest import TOKEN
from tests.intake.doors import Doors

pytestmark = pytest.mark.django_db

SEND = {"Authorization": f"Bearer {TOKEN}"}


def salt_run(jid: str, node: str = "web01", **states: object) -> bytes:
    """A run of Salt as `salt-call --metadata` tells of it."""
    state = {"result": True, "changes": {}, "comment": "", "name": "x", "__run_num__": 0, "__sls__": "s", "__id__": "x"}
    returned = states or {"file_|-x_|-x_|-managed": state}
    return json.dumps(
        {"local": {"jid": jid, "id": node, "fun": "state.apply", "fun_args": [], "return": returned}}
    ).encode()


JID = "20261123195011286929"


def test_a_report_becomes_a_run(doors: Doors, drain: Callable[[], None]) -> None:
    assert doors.post("/api/v1/reports/salt", salt_run(JID), SEND).status == 200
    drain()
    assert Run.objects.count() == 1
    assert doors.spooled() == []
    (day,) = IntakeDay.objects.all()
    assert (day.door, day.sender, day.stored, day.duplicates) == ("salt", "fleet", 1, 0)


def test_the_second_copy_of_a_report_is_a_duplicate(doors: Doors, drain: Callable[[], None]) -> None:
    for _ in range(2):
        doors.post("/api/v1/reports/salt", salt_run(JID), SEND)
    drain()
    assert Run.objects.count() == 1
    (day,) = IntakeDay.objects.all()
    assert (day.stored, day.duplicates) == (1, 1)


def test_a_report_that_cannot_be_read_is_refused_and_holds_nobody_up(doors: Doors, drain: Callable[[], None]) -> None:
    doors.post("/api/v1/reports/salt", b'{"local": {"jid": "cut sh', SEND)
    doors.post("/api/v1/reports/salt", salt_run(JID), SEND)
    drain()
    assert Run.objects.count() == 1
    (refused,) = Refused.objects.all()
    assert refused.reason
    assert refused.sender == "fleet"
