"""The numbers of the intake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from reports.intake.spool import Spool
from reports.intake.status import count_intake, list_senders
from reports.intake.tally import Drop, Tally
from tests.intake.reports import a_run, an_envelope

pytestmark = pytest.mark.django_db


def test_accepted_is_the_sum_of_all_that_became_of_reports(spool: Spool, drain: Callable[[], None]) -> None:
    for body in (a_run(), a_run(), b"{", b"[]"):
        spool.put(an_envelope(), body, unfolded=1)
    Tally(spool.folder).add(Drop(datetime.now(UTC).date(), "puppetdb", "fleet\t\n", "shed"))
    drain()
    waiting = an_envelope()
    spool.put(waiting, a_run(), unfolded=1)
    numbers = count_intake(waiting.received_at + timedelta(seconds=7))
    assert (numbers.stored, numbers.duplicates, numbers.refused, numbers.ignored) == (1, 1, 1, 1)
    assert (numbers.shed, numbers.pending, numbers.accepted) == (1, 1, 6)
    assert numbers.oldest_pending_seconds == pytest.approx(7, abs=0.01)
    assert [(one.sender, one.door) for one in list_senders()] == [("fleet", "salt"), ("fleet", "puppetdb")]


def test_nothing_is_counted_where_nothing_came(spool: Spool) -> None:
    numbers = count_intake(datetime.now(UTC))
    assert (numbers.accepted, numbers.oldest_pending_seconds) == (0, None)
