"""Claims: one drain at a time, the oldest first, a bounded portion, and nothing stays with the dead."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from reports.intake.claims import Claims, Portion
from reports.intake.prepare import MOST_DEATHS
from reports.intake.spool import Spool, Spooled
from tests.intake.reports import an_envelope


def put(spool: Spool, *unfolded: int) -> None:
    """Reports of these sizes."""
    for size in unfolded:
        spool.put(an_envelope(), b"", unfolded=size)


def test_the_oldest_are_claimed_first_and_by_one_alone(spool: Spool) -> None:
    put(spool, 1, 1, 1, 1)
    one, other = Claims(spool), Claims(spool)
    waiting = spool.pending()
    assert one.claim(Portion(files=2)) == waiting[:2]
    assert other.claim(Portion()) == waiting[2:]
    assert one.claim(Portion()) == []
    assert one.path(waiting[0]).exists()
    one.close()
    other.close()
    assert spool.pending() == waiting, "what was not done goes back"


def test_a_portion_is_bounded_by_bytes_and_one_report_is_always_enough(spool: Spool) -> None:
    put(spool, 10, 10, 500, 10)
    claims = Claims(spool)
    portion = Portion(files=100, unfolded=25)
    assert [[one.unfolded for one in claims.claim(portion)] for _ in range(4)] == [[10, 10], [500], [10], []]
    claims.close()


def test_what_is_done_is_gone(spool: Spool) -> None:
    put(spool, 1)
    claims = Claims(spool)
    (spooled,) = claims.claim(Portion())
    claims.done(spooled)
    claims.close()
    assert spool.everything() == []
    assert list(spool.claimed.iterdir()) == []


def test_the_claims_of_the_living_are_not_taken_over(spool: Spool) -> None:
    put(spool, 1, 1)
    living, other = Claims(spool), Claims(spool)
    living.claim(Portion())
    assert other.take_over() == 0
    assert other.claim(Portion()) == []
    living.close()
    other.close()


def test_what_was_being_read_when_a_drain_died_has_one_more_death_and_comes_last_and_alone(spool: Spool) -> None:
    put(spool, 1, 1, 1)
    first, second, third = spool.pending()
    leave_dead(spool, [first, second], f"{first.name}\nleft of a longer note")
    claims = Claims(spool)
    assert claims.take_over() == 2
    batches = [claims.claim(Portion()) for _ in range(3)]
    assert batches == [[second, third], [replace(first, deaths=1)], []]
    assert not (spool.claimed / "7-dead").exists()
    claims.close()
    assert [one.deaths for one in spool.pending()] == [1, 0, 0], "giving back is no death"


def test_a_death_while_saving_counts_once_against_everything_claimed_and_never_again(spool: Spool) -> None:
    put(spool, 1, 1)
    for _ in range(MOST_DEATHS + 1):
        leave_dead(spool, spool.pending(), "saving\n")
        claims = Claims(spool)
        assert claims.take_over() == 2
        claims.close()
    assert [one.deaths for one in spool.pending()] == [1, 1]


@pytest.mark.parametrize("note", ["", "\n", "no report of this name\n"])
def test_a_death_while_nothing_was_read_or_saved_counts_against_nobody(spool: Spool, note: str) -> None:
    put(spool, 1, 1)
    waiting = spool.pending()
    leave_dead(spool, waiting, note)
    claims = Claims(spool)
    assert claims.take_over() == 2
    assert spool.pending() == waiting
    claims.close()


def test_a_drain_notes_what_it_is_at(spool: Spool) -> None:
    put(spool, 1)
    claims = Claims(spool)
    (spooled,) = claims.claim(Portion())
    (lock,) = spool.claimed.glob("*.lock")
    notes = []
    for note in (partial(claims.note_reading, spooled), claims.note_saving, claims.note_nothing):
        note()
        notes.append(lock.read_text().splitlines()[0])
    assert notes == [spooled.name, "saving", ""]
    claims.close()


def leave_dead(spool: Spool, claimed: list[Spooled], note: str) -> None:
    """What is found of a drain that was killed."""
    dead = spool.claimed / "7-dead"
    dead.mkdir()
    for spooled in claimed:
        (spool.new / spooled.name).rename(dead / spooled.name)
    (dead / "half-written.redacted").touch()
    (spool.claimed / "7-dead.lock").write_text(note)


def test_a_drain_that_died_before_it_claimed_anything_leaves_only_its_lock(spool: Spool) -> None:
    (spool.claimed / "7-dead.lock").touch()
    claims = Claims(spool)
    assert claims.take_over() == 0
    claims.close()
    assert list(spool.claimed.iterdir()) == []
