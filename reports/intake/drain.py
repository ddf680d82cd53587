"""The drain: takes reports out of the spool, has them read and stored, and lets go of them when they are safe.

What it does with a batch stands in `Drain.work`, step by step. A drain may be killed between any two lines: what it
had claimed is taken over and done again, and the identity of each run makes the second time a no-op.
"""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from django.conf import settings

from reports.intake import setup
from reports.intake.chores import Chores
from reports.intake.claims import Claims, Portion
from reports.intake.copies import Copies
from reports.intake.kept import keep
from reports.intake.patience import Patience, Stopped
from reports.intake.prepare import Prepared, Reader, Refused, prepare
from reports.intake.redaction import Redaction
from reports.intake.refused import keep_refused
from reports.intake.saving import Settled, save
from reports.intake.sites import Sites
from reports.intake.spool import Spooled

logger = logging.getLogger(__name__)

_PAUSE_SECONDS = 0.2  # between two looks into a spool that was not full of work: gathers reports into one transaction


def utc_now() -> datetime:
    """The time, for whoever is not told it."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Duty:
    """What a drain works with."""

    claims: Claims
    chores: Chores
    copies: Copies
    redaction: Redaction
    most_unfolded: int
    portion: Portion = field(default_factory=Portion)
    now: Callable[[], datetime] = utc_now
    stop: threading.Event = field(default_factory=threading.Event)


class Drain:
    """One worker. Any number may work on one spool."""

    def __init__(self, duty: Duty) -> None:
        self._duty = duty
        self._patience = Patience(duty.stop)
        self._sites = Sites()
        self._reader = Reader(duty.claims, duty.copies, duty.redaction, duty.most_unfolded)

    def run(self, *, until_empty: bool = False) -> None:
        """Work until asked to stop, or until nothing waits that nobody has claimed. Finishes the batch it is at."""
        duty = self._duty
        gc.freeze()  # what is loaded by now stays for ever: no need to look at it again and again
        try:
            while not duty.stop.is_set():
                is_idle = self.work() == 0
                self._chore(partial(duty.chores.do, duty.now()))
                if is_idle and until_empty:
                    self._chore(partial(duty.chores.finish, duty.now()))
                    return
                if not duty.claims.knows_more:
                    duty.claims.take_over()
                    duty.stop.wait(0 if until_empty else _PAUSE_SECONDS)
        except Stopped:
            logger.info("Stopped while PostgreSQL was away; what was claimed goes back into the spool")
        finally:
            duty.claims.close()

    def work(self) -> int:
        """The way of one batch; how many reports it had."""
        duty = self._duty
        claimed = duty.claims.claim(duty.portion)
        if not claimed:
            return 0
        gc.disable()  # reading makes many objects and no cycles; looking for some takes a tenth of the time
        try:
            batch = self._read(claimed)
            settled = self._patience.insist(lambda: self._save(batch))
            for one in settled:
                self._let_go(one)
            duty.chores.remember(settled, duty.now())
        finally:
            gc.enable()
        return len(claimed)

    def _read(self, claimed: Sequence[Spooled]) -> list[Prepared]:
        """What is in the reports. One that the disk does not give stays claimed, and is none of the batch."""
        claims, batch = self._duty.claims, []
        for spooled in claimed:
            claims.note_reading(spooled)
            try:
                batch.append(prepare(self._reader, spooled))
            except OSError:
                logger.exception("Report %s cannot be read from the disk; the next drain will try it again", spooled.id)
        claims.note_nothing()
        return batch

    def _save(self, batch: Sequence[Prepared]) -> list[Settled]:
        """One try."""
        claims = self._duty.claims
        claims.note_saving()
        try:
            return save(batch, self._sites, now=self._duty.now())
        finally:
            claims.note_nothing()

    def _chore(self, act: Callable[[], None]) -> None:
        """Beside the batches: waits for the database as they do, but a mistake in it may not stop reports."""
        try:
            self._patience.insist(act)
        except Stopped:
            raise
        except Exception:
            logger.exception("A chore of the drain failed; it will be tried again")
            self._duty.chores.postpone(self._duty.now())

    def _let_go(self, settled: Settled) -> None:
        """What was understood is kept for a while, what was not until somebody looks at it, all else needs nothing."""
        duty, report = self._duty, settled.report
        try:
            if report.reason:
                keep_refused(duty.claims, report.spooled, report.reason, now=duty.now())
            if settled.kind == "stored" and not isinstance(report, Refused):
                keep(duty.claims, report, duty.redaction)
            duty.claims.done(report.spooled)
        except OSError:
            # It is stored, and stays claimed: whoever takes this drain's claims over will find it known.
            logger.exception("Report %s is stored, but could not be taken out of the spool", report.spooled.id)


def open_drain(stop: threading.Event) -> Drain:
    """A drain as the settings want it, with claims of its own and those of drains that died."""
    here = setup.spool()
    claims = Claims(here)
    claims.take_over()
    copies = Copies(here.folder / "copies")
    duty = Duty(
        claims=claims,
        chores=Chores(here, copies, setup.senders_file()),
        copies=copies,
        redaction=Redaction(settings.FLEETVIEW_REDACT),
        most_unfolded=settings.FLEETVIEW_MAX_DECOMPRESSED,
        stop=stop,
    )
    return Drain(duty)
