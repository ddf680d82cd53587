"""Claims: one drain at a time, the oldest first, a bounded portion, and nothing stays with the dead."""

from __future__ import annotations

from reports.intake.claims import Claims, Portion
from reports.intake.spool import Spool
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


def test_the_claims_of_the_dead_come_back_alone_with_one_more_death(spool: Spool) -> None:
    put(spool, 1, 1, 1)
    dead = spool.claimed / "7-dead"
    dead.mkdir()
    for spooled in spool.pending()[:2]:
        (spool.new / spooled.name).rename(dead / spooled.name)
    (dead / "half-written.redacted").touch()
    (spool.claimed / "7-dead.lock").touch()
    claims = Claims(spool)
    assert claims.take_over() == 2
    batches = [claims.claim(Portion()) for _ in range(4)]
    assert [[one.deaths for one in batch] for batch in batches] == [[1], [1], [0], []]
    assert not dead.exists()
    claims.close()
    assert [one.deaths for one in spool.pending()] == [1, 1, 0], "giving back is no death"


def test_a_drain_that_died_before_it_claimed_anything_leaves_only_its_lock(spool: Spool) -> None:
    (spool.claimed / "7-dead.lock").touch()
    claims = Claims(spool)
    assert claims.take_over() == 0
    claims.close()
    assert list(spool.claimed.iterdir()) == []
