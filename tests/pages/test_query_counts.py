"""The number of queries of every page: small, in the budget file, and the same however much is shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from bench.addresses import NO_PAGES, PAGES, fill
from reports.people.tables import Group
from reports.people.visible_nodes import recount_nodes_of_group
from tests.api.conftest import NOW, keep, run_id, tell_change, tell_run
from tests.pages.conftest import Reader
from tests.query_budget import COUNTS, assert_budget
from tests.weekly.kept import MADE

MOST_QUERIES: Final = 12  # of a page, session and user included
TOLD: Final = {
    "node": "web-1",
    "run": str(run_id("web-1 drift")),
    "other_node": "web-2",
    "other_run": str(run_id("web-1 first")),
    "change": f"{run_id('web-1 drift')}:0",
    "resource": "File[/etc/motd]",
    "environment": "production",
    "tool": "generic",
    "brief": str(MADE),
    "since": f"{NOW - timedelta(days=2):%Y-%m-%d}",
    "until": f"{NOW:%Y-%m-%d}",
}
LOOKED_AT: Final = [name for name in PAGES if name != "/login/"]  # which sends on whom it knows


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_page_keeps_to_its_number_of_queries(admin: Reader, name: str) -> None:
    assert_budget(admin.client, name, fill(PAGES[name], TOLD))


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize("name", LOOKED_AT)
def test_more_nodes_runs_and_changes_cost_no_more_queries(admin: Reader, name: str) -> None:
    changes = tuple(tell_change(f"/etc/{number}", corrective=True) for number in range(5))
    keep(*(tell_run(f"more {number}", f"more-{number}", resources=changes) for number in range(5)))
    keep(*(tell_run(f"again {number}", "web-1", hours_ago=3 + number, resources=changes) for number in range(3)))
    assert_budget(admin.client, name, fill(PAGES[name], TOLD))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("fleet")
def test_who_sees_a_part_keeps_to_the_budget_with_what_it_takes_to_look_so(reader: Reader) -> None:
    """What sets whose eyes look is counted; the first and the last word of its transaction ask nothing."""
    group = Group.objects.create(name="both", environments=["production", "staging"])
    group.members.add(User.objects.get(username="ada"))
    recount_nodes_of_group(group.pk, now=NOW)
    for name in LOOKED_AT:
        with CaptureQueriesContext(connection) as made:
            reader.client.get(fill(PAGES[name], TOLD))
        asked = [query["sql"] for query in made if query["sql"] not in {"BEGIN", "COMMIT"}]
        assert any("search_path" in one for one in asked)
        assert len(asked) == len(made) - 2, "one transaction"
        assert len(asked) <= MOST_QUERIES, f"{name}: {len(asked)} queries"


def test_the_page_to_log_in_asks_nothing(reader: Reader) -> None:
    reader.client.logout()
    assert_budget(reader.client, "/login/", "/login/")


@pytest.mark.parametrize("name", PAGES)
def test_no_page_may_make_more_queries_than_the_budget(name: str) -> None:
    assert json.loads(COUNTS.read_text(encoding="utf-8"))[name] <= MOST_QUERIES


def test_every_page_that_there_is_has_a_budget() -> None:
    listed = {resolve(fill(address, TOLD).partition("?")[0]).url_name for address in PAGES.values()}
    assert set(names_of_pages(get_resolver().url_patterns)) - NO_PAGES <= listed


def names_of_pages(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of all URLs that the room of pages answers."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names_of_pages(pattern.url_patterns)
        elif pattern.callback.__module__.startswith("reports.pages."):
            assert pattern.name, f"{pattern.pattern} has no name to be found by"
            yield pattern.name
