"""How full the spool may be, and when it is asked again."""

from __future__ import annotations

import shutil

import pytest

from reports.errors import SpoolFull
from reports.intake.fullness import Bounds, Fullness
from reports.intake.spool import Spool
from tests.intake.reports import an_envelope

WIDE = Bounds(most_bytes=1 << 40, most_files=1 << 20, free_floor=0)


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_empty_spool_takes_a_report(spool: Spool) -> None:
    fullness = Fullness(spool, WIDE)
    fullness.check(1000)
    assert not fullness.is_under_pressure()


def test_files_are_bounded_and_half_of_them_is_pressure(spool: Spool) -> None:
    fullness = Fullness(spool, Bounds(1 << 40, 4, 0))
    for expected in (False, False, True, True):
        fullness.check(1)
        fullness.add(spool.put(an_envelope(), b"", unfolded=0))
        assert fullness.is_under_pressure() is expected
    with pytest.raises(SpoolFull, match="4 reports"):
        fullness.check(1)


def test_bytes_are_bounded(spool: Spool) -> None:
    fullness = Fullness(spool, Bounds(1000, 100, 0))
    with pytest.raises(SpoolFull, match="1000 bytes"):
        fullness.check(1001)


def test_some_of_the_disk_is_left_to_others(spool: Spool) -> None:
    free = shutil.disk_usage(spool.folder).free
    fullness = Fullness(spool, Bounds(1 << 60, 100, free * 2))
    assert fullness.is_under_pressure()
    with pytest.raises(SpoolFull, match="disk"):
        fullness.check(1)


def test_what_others_put_there_and_took_is_seen_after_a_while(spool: Spool) -> None:
    clock = Clock()
    fullness = Fullness(spool, Bounds(1 << 40, 1, 0), clock=clock)
    fullness.check(1)
    spooled = spool.put(an_envelope(), b"", unfolded=0)  # another process
    fullness.check(1)
    clock.now = 100
    with pytest.raises(SpoolFull):
        fullness.check(1)
    (spool.new / spooled.name).unlink()
    clock.now = 200
    fullness.check(1)


def test_a_spool_that_is_gone_takes_nothing(spool: Spool) -> None:
    fullness = Fullness(spool, WIDE)
    shutil.rmtree(spool.folder)
    with pytest.raises(SpoolFull, match="cannot be reached"):
        fullness.check(1)
