"""What may stand in a query string."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from reports.api.parameters import LIMIT, NODE, SINCE, Parameter, read_query, word, words
from reports.errors import BadQuestion
from reports.run import Outcome

OUTCOME = words("outcome", Outcome, "How it ended.", without=frozenset({Outcome.PENDING}))
BY = word("by", ("node", "resource"), "What.", default="node")


def read(parameter: Parameter, query: str) -> object:
    return read_query(QueryDict(query), [parameter])[parameter.name]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-23", datetime(2026, 11, 23, tzinfo=UTC)),
        ("2026-11-23T14:30:00Z", datetime(2026, 11, 23, 14, 30, tzinfo=UTC)),
        ("2026-11-23T14:30:00.25", datetime(2026, 11, 23, 14, 30, 0, 250000, tzinfo=UTC)),
        ("2026-11-23T14:30:00%2B02:00", datetime(2026, 11, 23, 12, 30, tzinfo=UTC)),
        ("2026-11-23T14:30:00+02:00", datetime(2026, 11, 23, 12, 30, tzinfo=UTC)),
        ("2026-11-23%2014:30", datetime(2026, 11, 23, 14, 30, tzinfo=UTC)),
        ("2026-W48-1", datetime(2026, 11, 23, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_in_every_common_form(text: str, moment: datetime) -> None:
    assert read(SINCE, f"since={text}") == moment


@pytest.mark.parametrize(
    "text", ["yesterday", "2026-13-01", "1764000000", "0001-01-01T00:00:00%2B14:00", "2026-11-23T"]
)
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadQuestion, match=r"^since: .*2026-11-23T14:00:00Z"):
        read(SINCE, f"since={text}")


@pytest.mark.parametrize(
    "query", ["outcome=failed,changed", "outcome=failed&outcome=changed", "outcome=failed,%20changed"]
)
def test_several_words_may_come_together_or_apart(query: str) -> None:
    assert read(OUTCOME, query) == {Outcome.FAILED, Outcome.CHANGED}


@pytest.mark.parametrize("text", ["broken", "FAILED", "6", "failed,", "pending", "failed;changed"])
def test_an_unknown_word_is_refused_with_those_that_are_known(text: str) -> None:
    with pytest.raises(
        BadQuestion, match=r"^outcome: .* is not one of unchanged, changed, corrected, stale_catalog, failed$"
    ):
        read(OUTCOME, f"outcome={text}")


def test_one_word_of_a_few_has_a_default() -> None:
    assert read(BY, "") == "node"
    assert read(BY, "by=resource") == "resource"
    with pytest.raises(BadQuestion, match=r"^by: 'site' is not one of node, resource$"):
        read(BY, "by=site")


@pytest.mark.parametrize("text", ["0", "501", "-1", "1.5", "ten", "٣", "9" * 5000])
def test_a_limit_out_of_bounds_is_refused(text: str) -> None:
    with pytest.raises(BadQuestion, match=r"^limit: .* is not a whole number from 1 to 500$"):
        read(LIMIT, f"limit={text}")


def test_without_a_limit_there_is_one() -> None:
    assert read(LIMIT, "") == 100
    assert read(LIMIT, "limit=500") == 500


def test_a_parameter_that_is_not_known_is_refused_with_those_that_are() -> None:
    with pytest.raises(BadQuestion, match=r"^nodes: not a parameter here; known are node, since$"):
        read_query(QueryDict("nodes=x"), [SINCE, NODE])


def test_a_single_value_given_twice_is_refused() -> None:
    with pytest.raises(BadQuestion, match=r"^node: given 2 times"):
        read(NODE, "node=a&node=b")


def test_an_empty_value_asks_for_nothing() -> None:
    assert read(NODE, "node=") is None
    assert read(OUTCOME, "outcome=") == frozenset()
