"""Query strings: what they ask for, and which are refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from reports.analysis.paging import Slice
from reports.analysis.status import NodeStatus
from reports.errors import BadQuestion
from reports.pages.asked import drop_down, moment_asked, text_asked, turn_pages, words_asked


def test_an_empty_value_is_no_value() -> None:
    query = QueryDict("a=&b=%20%20&c=%20x%20")
    assert [text_asked(query, name) for name in "abcd"] == [None, None, "x", None]


def test_words_come_several_times_or_with_commas() -> None:
    query = QueryDict("status=failed,silent&status=stale_catalog")
    assert words_asked(query, "status", NodeStatus) == {
        NodeStatus.FAILED,
        NodeStatus.SILENT,
        NodeStatus.STALE_CATALOG,
    }


def test_a_word_that_means_nothing_is_refused_with_those_that_do() -> None:
    with pytest.raises(BadQuestion, match=r"status: there is no <b>; choose from failed, stale_catalog"):
        words_asked(QueryDict("status=<b>"), "status", NodeStatus)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-23", datetime(2026, 11, 23, tzinfo=UTC)),
        ("2026-11-23T14:30Z", datetime(2026, 11, 23, 14, 30, tzinfo=UTC)),
        ("2026-11-23T14:30%2B02:00", datetime(2026, 11, 23, 12, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_as_utc_unless_it_says_otherwise(text: str, moment: datetime) -> None:
    assert moment_asked(QueryDict(f"since={text}"), "since") == moment


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "0001-01-01T00:00%2B14:00"])
def test_a_moment_that_means_nothing_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadQuestion, match="since: write a date"):
        moment_asked(QueryDict(f"since={text}"), "since")


def test_a_nul_is_refused_before_the_database_sees_it() -> None:
    with pytest.raises(BadQuestion, match="search"):
        text_asked(QueryDict("search=a%00b"), "search")


def test_a_chosen_value_that_no_node_has_is_still_shown() -> None:
    shown = drop_down("environment", "Environment", ["production"], chosen="gone")
    assert [(choice.value, choice.is_chosen) for choice in shown.choices] == [("production", False), ("gone", True)]


def test_turning_the_page_keeps_the_question() -> None:
    shown: Slice[object] = Slice((1,), next="abc")
    pager = turn_pages(QueryDict("status=failed&status=silent&cursor=old"), shown)
    assert pager.next == "?status=failed&status=silent&cursor=abc"
    assert pager.previous is None
