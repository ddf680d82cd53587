"""ISO weeks: how they are written, and which days they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from reports.errors import BadQuestion
from reports.weekly.week import IsoWeek

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def test_a_week_is_written_as_it_is_read() -> None:
    for text in ("2026-W47", "2026-W01", "2020-W53"):
        assert str(IsoWeek.parse(text)) == text


def test_the_first_days_of_january_may_be_of_the_last_week_of_the_year_before() -> None:
    assert str(IsoWeek.of(datetime(2027, 1, 2, tzinfo=UTC))) == "2026-W53"
    assert IsoWeek.parse("2026-W53").monday == date(2026, 12, 28)


@pytest.mark.parametrize(
    "text", ["", "2026-47", "2026-W54", "2026-W00", "2026-W4", "0000-W01", "2026-W\u0664\u0667", "x" * 5000]
)
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(BadQuestion, match="2026-W47"):
        IsoWeek.parse(text)


def test_a_moment_lies_in_the_week_of_its_utc_day() -> None:
    """Monday morning in the east is Sunday still."""
    east = timezone(timedelta(hours=9))
    assert str(IsoWeek.of(datetime(2026, 11, 23, 3, 0, tzinfo=east))) == "2026-W47"


def test_a_week_that_is_over_is_past_and_this_one_is_current() -> None:
    this = IsoWeek.of(NOW)
    assert this.window(NOW).is_current
    assert not this.is_over(NOW)
    past = this.before.window(NOW)
    assert not past.is_current
    assert (past.first_day, past.end_day, past.days) == (date(2026, 11, 16), date(2026, 11, 23), 7)


def test_a_week_that_has_not_begun_has_no_window() -> None:
    with pytest.raises(BadQuestion, match="not begun"):
        IsoWeek.of(NOW).after.window(NOW)
