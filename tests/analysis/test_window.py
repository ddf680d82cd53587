"""Spans of time: whole UTC days, or hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from reports.analysis.window import chosen_days, last_days, last_hours
from reports.errors import BadQuestion

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
DAY = timedelta(days=1)


def test_the_last_days_are_whole_and_hold_today() -> None:
    window = last_days(7, NOW)
    assert (window.first_day, window.end_day, window.days) == (date(2026, 11, 17), date(2026, 11, 24), 7)
    assert window.is_current
    assert window.is_whole_days


def test_the_last_hours_hold_the_present_one_and_are_no_whole_days() -> None:
    window = last_hours(24, NOW + timedelta(minutes=34))
    assert (window.since, window.until) == (NOW - DAY + timedelta(hours=1), NOW + timedelta(hours=1))
    assert window.is_current
    assert not window.is_whole_days
    assert window.days == 2


@pytest.mark.parametrize("hours", [0, 49])
def test_more_hours_than_can_be_counted_are_refused(hours: int) -> None:
    with pytest.raises(BadQuestion, match="hours"):
        last_hours(hours, NOW)


def test_the_window_before_is_as_long_and_past() -> None:
    before = last_days(7, NOW).before()
    assert (before.first_day, before.end_day) == (date(2026, 11, 10), date(2026, 11, 17))
    assert not before.is_current


@pytest.mark.parametrize(
    ("since", "until", "first", "end", "is_current"),
    [
        (NOW - 30 * DAY, NOW - 20 * DAY, date(2026, 10, 24), date(2026, 11, 4), False),
        (MIDNIGHT - 9 * DAY, MIDNIGHT - 7 * DAY, date(2026, 11, 14), date(2026, 11, 16), False),
        (NOW - 2 * DAY, None, date(2026, 11, 21), date(2026, 11, 24), True),
        (None, datetime(2026, 11, 10, tzinfo=UTC), date(2026, 11, 3), date(2026, 11, 10), False),
        (None, None, date(2026, 11, 17), date(2026, 11, 24), True),
        (NOW + 5 * DAY, None, date(2026, 11, 28), date(2026, 11, 29), True),
        (datetime(2026, 11, 2, 1, tzinfo=timezone(2 * DAY / 24)), NOW, date(2026, 11, 1), date(2026, 11, 24), True),
    ],
)  # fmt: skip
def test_a_chosen_window_is_widened_to_whole_days(
    since: datetime | None, until: datetime | None, first: date, end: date, is_current: bool
) -> None:
    window = chosen_days(since, until, NOW)
    assert (window.first_day, window.end_day, window.is_current) == (first, end, is_current)
    assert window.is_whole_days


@pytest.mark.parametrize(("since", "until"), [(NOW, NOW - 3 * DAY), (NOW - 9999 * DAY, NOW)])
def test_a_window_that_holds_nothing_or_too_much_is_refused(since: datetime, until: datetime) -> None:
    with pytest.raises(BadQuestion):
        chosen_days(since, until, NOW)
