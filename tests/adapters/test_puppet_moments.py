"""Times in every spelling of Puppet's formats."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reports.adapters.puppet.moments import end_of, moment, moment_or_none
from reports.errors import UnreadableReport

AT = datetime(2026, 11, 23, 19, 29, 43, 32000, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        "2026-11-23T19:29:43.032943403+00:00",
        "2026-11-23T21:29:43.032+02:00",
        "2026-11-23T19:29:43.0329Z",
        "2026-11-23 21:29:43.032943403 +02:00",
        "2026-11-23 19:29:43.032943 Z",
        "2026-11-23 21:29:43.032999 +0200",
        "2026-11-23T19:29:43.032",
    ],
)
def test_every_spelling_is_the_same_moment(said: str) -> None:
    assert moment(said) == moment_or_none(said) == AT


@pytest.mark.parametrize("said", ["", "today", "2026-02-30T00:00:00Z", "0001-01-01T00:00:00+14:00", "1795462188", "\0"])
def test_what_is_no_time_is_refused(said: str) -> None:
    assert moment_or_none(said) is None
    with pytest.raises(UnreadableReport):
        moment(said)


def test_end_is_cut_only_after_adding_all_digits() -> None:
    assert end_of("2026-11-23T19:29:43.0316+00:00", 0.0005) == AT
    assert end_of("2026-11-23T19:29:43.0316+00:00", 0.0003).microsecond == 31000


@pytest.mark.parametrize("seconds", [None, -1.0, float("nan"), float("inf"), 1e12])
def test_end_without_a_sound_duration_is_the_start(seconds: float | None) -> None:
    assert end_of("2026-11-23T19:29:43.032+00:00", seconds) == AT
