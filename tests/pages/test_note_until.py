"""Until when: the quick choices, in the time of who writes the note."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from reports.errors import BadQuestion
from reports.pages.note_until import Until, list_untils, moment_of, read_moment

BERLIN = ZoneInfo("Europe/Berlin")
THURSDAY = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)  # half past midnight on Friday in Berlin


@pytest.mark.parametrize(
    ("until", "moment"),
    [
        (Until.TOMORROW, "2026-11-28T08:00+01:00"),
        (Until.FRIDAY, "2026-12-04T08:00+01:00"),
        (Until.WEEK, "2026-12-04T00:30+01:00"),
    ],
)
def test_a_quick_choice_is_a_moment_of_the_writers_day(until: Until, moment: str) -> None:
    assert moment_of(until, THURSDAY, BERLIN) == datetime.fromisoformat(moment)


def test_friday_is_the_next_one() -> None:
    assert moment_of(Until.FRIDAY, THURSDAY, ZoneInfo("UTC")) == datetime(2026, 11, 27, 8, tzinfo=UTC)


def test_the_clock_going_forward_changes_no_morning() -> None:
    saturday = datetime(2027, 3, 27, 12, tzinfo=UTC)
    assert moment_of(Until.TOMORROW, saturday, BERLIN) == datetime(2027, 3, 28, 6, tzinfo=UTC)


def test_choices_tell_what_they_mean() -> None:
    labels = [choice.label for choice in list_untils(THURSDAY, BERLIN)]
    assert "tomorrow morning (Sat 28 Nov 08:00)" in labels
    assert "Friday morning (Fri 4 Dec 08:00)" in labels


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-12-04T14:30", datetime(2026, 12, 4, 13, 30, tzinfo=UTC)),
        ("2026-12-04T14:30Z", datetime(2026, 12, 4, 14, 30, tzinfo=UTC)),
        ("2026-12-04", datetime(2026, 12, 3, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_written_moment_is_one_of_the_writers_zone(text: str, moment: datetime) -> None:
    assert read_moment(text, BERLIN) == moment


@pytest.mark.parametrize("text", ["soon", "2026-13-01", "0001-01-01T00:00+23:59", "x" * 40])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(BadQuestion, match="such as 2026-12-04T14:30"):
        read_moment(text, BERLIN)
