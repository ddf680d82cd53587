"""From a door to the store: what the drain makes of reports, readable ones and others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from reports.drift.explaining import save_and_explain
from reports.intake.prepare import MOST_DEATHS
from reports.intake.spool import Spool
from reports.intake.tables import IntakeDay, Refused, Token
from reports.store.arrived import ArrivedInventory, ArrivedRun, Saved
from reports.store.ids import node_id
from reports.store.tables import Run, StaleCause
from tests.intake.doors import Doors
from tests.intake.reports import BEARER, DOOR, a_run, an_envelope, jid

pytestmark = pytest.mark.django_db
Drain = Callable[[], None]


def test_a_report_becomes_a_run(doors: Doors, drain: Drain) -> None:
    assert doors.post(DOOR, a_run(), BEARER).status == 200
    drain()
    assert Run.objects.count() == 1
    assert doors.spooled() == []
    (day,) = IntakeDay.objects.all()
    assert (day.door, day.sender, day.stored, day.duplicates) == ("salt", "fleet", 1, 0)


def test_the_second_copy_of_a_report_is_a_duplicate(doors: Doors, drain: Drain) -> None:
    for _ in range(2):
        doors.post(DOOR, a_run(), BEARER)
    drain()
    assert Run.objects.count() == 1
    (day,) = IntakeDay.objects.all()
    assert (day.stored, day.duplicates) == (1, 1)


def test_a_report_that_cannot_be_read_is_refused_and_holds_nobody_up(doors: Doors, drain: Drain) -> None:
    doors.post(DOOR, b'{"local": {"jid": "cut sh', BEARER)
    doors.post(DOOR, a_run(), BEARER)
    drain()
    assert Run.objects.count() == 1
    (refused,) = Refused.objects.all()
    assert refused.reason
    assert (refused.door, refused.sender, refused.size) == ("salt", "fleet", 25)


def test_what_a_door_drops_on_purpose_is_counted(doors: Doors, drain: Drain) -> None:
    assert doors.post(DOOR, b"[]", BEARER).status == 200
    assert doors.spooled() == []
    drain()
    (day,) = IntakeDay.objects.all()
    assert (day.ignored, day.stored) == (1, 0)


def test_a_file_that_no_door_wrote_is_refused(spool: Spool, drain: Drain) -> None:
    spooled = spool.put(an_envelope(), b"x", unfolded=1)
    (spool.new / spooled.name).write_bytes(b"\0not an envelope")
    drain()
    assert "not written by a door" in Refused.objects.get().reason


def test_a_report_that_drains_die_of_is_refused_in_the_end(spool: Spool, drain: Drain) -> None:
    spooled = spool.put(an_envelope(), a_run(), unfolded=1)
    name = spooled.name.rpartition("-")[0]
    (spool.new / spooled.name).rename(spool.new / f"{name}-{MOST_DEATHS}")
    drain()
    assert "died" in Refused.objects.get().reason


def test_a_report_that_the_disk_does_not_give_is_not_refused_and_holds_nobody_up(spool: Spool, drain: Drain) -> None:
    """A folder in its place cannot be read whoever asks; a broken disk or another user's file could not either."""
    broken = spool.put(an_envelope(), a_run(jid(1)), unfolded=1)
    (spool.new / broken.name).unlink()
    (spool.new / broken.name).mkdir()
    spool.put(an_envelope(), a_run(jid(2)), unfolded=1)
    drain()
    assert Run.objects.count() == 1
    assert Refused.objects.count() == 0
    assert spool.pending() == [broken]


def test_a_report_of_a_door_that_is_no_more_is_refused(spool: Spool, drain: Drain) -> None:
    spool.put(an_envelope(door="gone"), b"x", unfolded=1)
    drain()
    assert "'gone'" in Refused.objects.get().reason


def test_a_report_that_cannot_be_stored_is_refused_alone(
    spool: Spool, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake of ours, stood in for by a store that fails for one node."""
    monkeypatch.setattr("reports.intake.saving.save_and_explain", _fail_for_web07)
    for number in range(10):
        spool.put(an_envelope(), a_run(jid(number), f"web{number:02}"), unfolded=1)
    drain()
    assert Run.objects.count() == 9
    assert "ValueError" in Refused.objects.get().reason
    assert IntakeDay.objects.get().refused == 1


def test_a_certificate_of_any_name_may_not_tell_of_another_node(spool: Spool, drain: Drain) -> None:
    spool.put(an_envelope(speaks_for="web01"), a_run(jid(1), "WEB01"), unfolded=1)
    spool.put(an_envelope(speaks_for="web01"), a_run(jid(2), "db01"), unfolded=1)
    drain()
    assert Run.objects.count() == 1
    assert "'db01'" in Refused.objects.get().reason


def test_the_last_use_of_a_token_is_remembered(spool: Spool, drain: Drain) -> None:
    token = Token.objects.create(name="fleet", scope="send", digest="d")
    envelope = an_envelope(token_id=token.pk)
    spool.put(envelope, a_run(), unfolded=1)
    drain()
    token.refresh_from_db()
    assert token.last_used_at == envelope.received_at


def test_the_drain_writes_who_may_send(spool: Spool, drain: Drain) -> None:
    Token.objects.create(name="new-sender", scope="send", digest="d")
    drain()
    snapshot = spool.folder.parent / "senders.json"
    assert "new-sender" in snapshot.read_text()
    assert snapshot.stat().st_mode & 0o777 == 0o600


def test_nothing_of_a_drain_is_left_when_it_ends(spool: Spool, drain: Drain) -> None:
    spool.put(an_envelope(), a_run(), unfolded=1)
    drain()
    assert list(spool.claimed.iterdir()) == list(spool.new.iterdir()) == list(spool.tmp.iterdir()) == []


def test_marks_that_another_node_left_are_worked_off(spool: Spool, drain: Drain) -> None:
    spool.put(an_envelope(), a_run(jid(1), "web01"), unfolded=1)
    drain()
    StaleCause.objects.create(node_id=node_id("main", "web01"), since=Run.objects.get().at)
    drain()
    assert not StaleCause.objects.exists()


def _fail_for_web07(runs: Sequence[ArrivedRun], inventories: Sequence[ArrivedInventory], *, now: datetime) -> Saved:
    if any(one.run.node == "web07" for one in runs):
        raise ValueError("web07 cannot be stored")
    return save_and_explain(runs, inventories, now=now)


def test_paths_are_private(doors: Doors, drain: Drain) -> None:
    doors.post(DOOR, a_run(), BEARER)
    doors.post(DOOR, b"{", BEARER)
    (first, _) = doors.spooled()
    assert first.stat().st_mode & 0o777 == 0o600
    drain()
    for name in ("spool", "spool/new", "kept", "refused"):
        assert _mode(doors.folder / name) == 0o700, name


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777
