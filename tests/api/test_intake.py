"""What came in, what waits, what was refused."""

from __future__ import annotations

from datetime import timedelta

from reports.intake.tables import IntakeDay
from tests.api.conftest import NOW, Reader


def test_an_intake_without_a_report_counts_nothing(reader: Reader) -> None:
    told = reader.get("intake/")
    assert told.pop("oldest_pending_seconds") is None
    assert set(told.values()) == {0}
    assert {"accepted", "stored", "duplicates", "pending", "refused"} <= told.keys()


def test_reports_are_counted_over_all_days_and_doors(reader: Reader) -> None:
    today = NOW.date()
    IntakeDay.objects.create(day=today, door="one", sender="a", stored=5, duplicates=2, refused=1, bytes=900)
    IntakeDay.objects.create(day=today - timedelta(days=400), door="two", sender="b", stored=1, shed=3, ignored=4)
    told = reader.get("intake/")
    assert (told["stored"], told["duplicates"], told["refused"]) == (6, 2, 1)
    assert (told["ignored"], told["shed"], told["bytes"]) == (4, 3, 900)
    assert told["accepted"] == 16
