"""`manage.py explain`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from reports.run import Cause, Outcome
from reports.store.tables import Change, Run, StaleCause, StaleDay
from tests.store.telling import save, tell_corrected, tell_run

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def forget_causes() -> None:
    """As if an older Fleetview had stored everything."""
    Change.objects.update(cause=Cause.UNKNOWN, cause_source=None, reason="")
    Run.objects.exclude(unknown=None).update(corrective=0, unknown=1, outcome=Outcome.CHANGED)
    StaleDay.objects.all().delete()


def test_explain_tells_every_cause_again_and_has_the_days_counted_again(capsys: pytest.CaptureFixture[str]) -> None:
    save(tell_corrected("a", at=NOW - 3 * DAY), tell_corrected("b", "web2", at=NOW), tell_run("c", "web3"), now=NOW)
    forget_causes()
    call_command("explain")
    told = capsys.readouterr().out.splitlines()
    assert (told[0], told[-1]) == (
        "Nodes with changes: 2",
        "Nodes explained: 2; runs that are counted otherwise now: 2",
    )
    assert not Change.objects.filter(reason="").exists()
    assert not StaleCause.objects.exists()
    assert StaleDay.objects.count() == 2


def test_explain_since_leaves_alone_what_is_older(capsys: pytest.CaptureFixture[str]) -> None:
    save(tell_corrected("a", at=NOW - 9 * DAY), tell_corrected("b", "web2", at=NOW), now=NOW)
    forget_causes()
    call_command("explain", since=(NOW - DAY).date())
    assert Change.objects.filter(reason="").count() == 1


def test_explain_with_nothing_kept_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("explain")
    assert "Nodes explained: 0" in capsys.readouterr().out
