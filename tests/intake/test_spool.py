"""The spool's files: names, order, and what it does with files that are none of its own."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from reports.errors import SpoolFull, UnreadableReport
from reports.intake.envelope import unpacked
from reports.intake.spool import Spool, Spooled, Weight, named
from tests.intake.reports import an_envelope


def test_a_name_says_all_that_planning_a_batch_needs() -> None:
    spooled = Spooled(1_764_000_000_123_456_789, an_envelope().id, size=10, unfolded=99, deaths=2)
    again = replace(spooled, is_again=True)
    assert named(spooled.name) == spooled
    assert named(again.name) == again


@pytest.mark.parametrize("name", ["", "README", "1-2-3-4-5", "x" * 300, f"{1:020d}-{'0' * 32}-1-1", "٣-a-1-1-0"])
def test_other_files_are_left_alone(name: str) -> None:
    assert named(name) is None


def test_reports_wait_in_the_order_of_their_arrival(spool: Spool) -> None:
    envelopes = [an_envelope() for _ in range(3)]
    late = an_envelope(received_at=envelopes[0].received_at - timedelta(days=400))
    for envelope in [*envelopes, late]:
        spool.put(envelope, b"x", unfolded=1)
    assert [one.id for one in spool.pending()] == [one.id for one in (late, *envelopes)]


def test_what_is_put_in_comes_out_whole(spool: Spool) -> None:
    envelope = an_envelope(query={"node": "wéb\x00\n01"}, headers={"x-a": "\xff"}, sender="näme\u202e")
    spooled = spool.put(envelope, bytes(range(256)), unfolded=256)
    content = (spool.new / spooled.name).read_bytes()
    assert unpacked(content) == (envelope, bytes(range(256)))
    assert spooled.size == len(content)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"{}\n", b"[]\n", b"\xff\n", b'{"id": "x"}\nbody', b"[" * 99999 + b"\n"]
)
def test_a_file_that_no_door_wrote_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableReport):
        unpacked(content)


def test_a_disk_that_fails_leaves_nothing_behind(spool: Spool) -> None:
    spool.new.rename(spool.folder / "away")
    with pytest.raises(SpoolFull):
        spool.put(an_envelope(), b"x", unfolded=1)
    assert list(spool.tmp.iterdir()) == []


def test_files_and_bytes_are_counted_by_name_claimed_ones_too(spool: Spool) -> None:
    claim = spool.claimed / "somebody"
    claim.mkdir()
    sizes = [spool.put(an_envelope(), b"x" * size, unfolded=1).size for size in (5, 50)]
    oldest = spool.pending()[0].name
    (spool.new / oldest).rename(claim / oldest)
    (spool.new / "stray").touch()
    (spool.new / "stray-with-x-hyphens").touch()
    assert spool.weigh() == Weight(2, sum(sizes), int(oldest.partition("-")[0]))
    assert len(spool.everything()) == 2


def test_what_a_dead_door_left_half_written_is_swept_after_a_while(spool: Spool) -> None:
    fresh, old = spool.tmp / "fresh", spool.tmp / "old"
    for file in (fresh, old):
        file.touch()
    os.utime(old, times=(0, time.time() - 7200))
    assert spool.sweep(older_than_seconds=3600) == 1
    assert list(spool.tmp.iterdir()) == [fresh]
