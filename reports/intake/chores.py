"""What a drain does beside its batches, now and then: tell stale causes again, recount, gather tallies, tell doors who
may send."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import transaction

from reports.drift.stale import explain_stale
from reports.intake.copies import Copies
from reports.intake.counting import add_up_drops, save_counts, touch_tokens
from reports.intake.saving import Settled
from reports.intake.spool import Spool
from reports.intake.tally import Tally, read_tally
from reports.intake.tokens import publish_senders
from reports.rollups.recount import Recounted, recount_stale

_RECOUNT: Final = timedelta(seconds=1)
_HOUR_PATIENCE: Final = timedelta(seconds=10)  # the present hour of a large fleet is not counted again every second
_HOUSEKEEPING: Final = timedelta(seconds=3)
_HALF_WRITTEN_SECONDS: Final = 3600.0  # no door takes an hour to write a file


class Chores:
    """Remembers when each was done last. One that fails for want of a database is done again the next time."""

    def __init__(self, spool: Spool, copies: Copies, senders_file: Path) -> None:
        self._spool, self._copies, self._senders_file = spool, copies, senders_file
        self._tally = Tally(spool.folder)
        self._used: dict[int, datetime] = {}
        self._is_stale = True  # whoever was here before may have died before it recounted
        self._stored_at: datetime | None = None
        self._recounted_at: datetime | None = None
        self._kept_house_at: datetime | None = None

    def remember(self, settled: Iterable[Settled], now: datetime) -> None:
        """Note what a batch makes necessary."""
        for one in settled:
            if envelope := one.report.envelope:
                self._used[envelope.token_id] = envelope.received_at
            if one.kind == "stored":
                self._is_stale, self._stored_at = True, now

    def do(self, now: datetime) -> None:
        """Do what is due at `now`."""
        if self._is_stale and _is_due(self._recounted_at, now, _RECOUNT):
            told = explain_stale(now)
            recounted = recount_stale(now, hour_patience=_HOUR_PATIENCE)
            self._recounted_at = now
            is_hour_waiting = not _is_due(self._stored_at, now, _HOUR_PATIENCE + _RECOUNT)
            self._is_stale = told.is_any or _found_any(recounted) or is_hour_waiting
        if _is_due(self._kept_house_at, now, _HOUSEKEEPING):
            self._keep_house(now)
            self._kept_house_at = now

    def postpone(self, now: datetime) -> None:
        """Leave everything until it is due again: after a failure that trying at once will not mend."""
        self._recounted_at = self._kept_house_at = now

    def finish(self, now: datetime) -> None:
        """Leave nothing undone: for a drain that ends when the spool is empty."""
        self._take_tallies()  # sets the open one aside
        self._keep_house(now)
        while explain_stale(now).nodes:
            pass
        while _found_any(recounted := recount_stale(now)) and not recounted.is_busy:
            pass

    def _keep_house(self, now: datetime) -> None:
        self._spool.sweep(older_than_seconds=_HALF_WRITTEN_SECONDS)
        self._copies.forget(now)
        publish_senders(self._senders_file, now=now)
        self._take_tallies()
        touch_tokens(self._used)
        self._used.clear()

    def _take_tallies(self) -> None:
        for file in self._tally.take():
            with transaction.atomic():
                save_counts(add_up_drops(read_tally(file)))
            file.unlink(missing_ok=True)


def _found_any(recounted: Recounted) -> bool:
    """Whether there may be more to count: what was found was bounded, or somebody else is counting."""
    return recounted.is_busy or recounted.days > 0 or recounted.hours > 0


def _is_due(last: datetime | None, now: datetime, every: timedelta) -> bool:
    return last is None or now - last >= every
