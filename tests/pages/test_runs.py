"""The list of runs."""

from __future__ import annotations

import pytest

from tests.api.conftest import keep, run_id, tell_run
from tests.pages.conftest import Reader

pytestmark = pytest.mark.usefixtures("fleet")


def listed(reader: Reader, address: str) -> set[str]:
    """The ids of the runs on the page."""
    return {link.split("/")[2] for link in reader.open(address).links("/runs/") if link.count("/") > 2}


def ids(*words: str) -> set[str]:
    return {str(run_id(word)) for word in words}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?outcome=failed,pending", ("rack", "web-2")),
        ("?node=web-1&site=main", ("web-1 first", "web-1 drift", "web-1 clean")),
        ("?tool=other", ("web-1 clean",)),
        ("?environment=staging", ("web-2",)),
        ("?site=branch", ("branch",)),
        ("?window=1&node=quiet", ()),
        ("?window=all&node=quiet", ("quiet",)),
    ],
)
def test_a_filter_leaves_what_it_says(reader: Reader, query: str, words: tuple[str, ...]) -> None:
    assert listed(reader, f"/runs/{query}") == ids(*words)


def test_only_the_last_week_is_looked_at_unless_asked_otherwise(reader: Reader) -> None:
    keep(tell_run("old", "web-1", hours_ago=24 * 8))
    assert str(run_id("old")) not in listed(reader, "/runs/")
    assert str(run_id("old")) in listed(reader, "/runs/?window=30")


def test_an_empty_window_offers_the_same_question_over_everything(reader: Reader) -> None:
    seen = reader.open("/runs/?environment=nowhere&outcome=failed")
    assert "Only the last 7 days were looked at" in seen.text
    assert seen.links("window=all") == ["?outcome=failed&environment=nowhere&window=all"] or seen.links(
        "window=all"
    ) == ["?environment=nowhere&outcome=failed&window=all"]


@pytest.mark.parametrize("query", ["?outcome=good", "?window=9", "?since=soon", "?cursor=broken"])
def test_a_question_that_means_nothing_is_refused_on_a_page(reader: Reader, query: str) -> None:
    name = query[1:].partition("=")[0]
    assert f"{name}: " in reader.open(f"/runs/{query}", expected=400).text
