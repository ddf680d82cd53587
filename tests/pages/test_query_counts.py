"""The number of queries of every page; and that it does not grow with what is shown."""

from __future__ import annotations

import pytest

from tests.api.conftest import keep, run_id, tell_change, tell_run
from tests.pages.conftest import Reader
from tests.query_budget import assert_budget

PAGES = {
    "/": "/",
    "/nodes/": "/nodes/",
    "/nodes/<name>/": "/nodes/web-1/",
    "/nodes/<name>/?change=": f"/nodes/web-1/?change={run_id('web-1 drift')}:0",
    "/changes/": "/changes/",
    "/hotspots/?by=node": "/hotspots/",
    "/hotspots/?by=resource": "/hotspots/?by=resource",
    "/hotspots/?by=environment": "/hotspots/?by=environment",
    "/resource/": "/resource/?name=File[/etc/motd]",
    "/runs/": "/runs/",
    "/runs/<uuid>/": f"/runs/{run_id('web-1 drift')}/",
    "/intake/": "/intake/",
}


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize("name", PAGES)
def test_a_page_keeps_to_its_number_of_queries(reader: Reader, name: str) -> None:
    assert_budget(reader.client, name, PAGES[name])


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize("name", PAGES)
def test_more_nodes_runs_and_changes_cost_no_more_queries(reader: Reader, name: str) -> None:
    changes = tuple(tell_change(f"/etc/{number}", corrective=True) for number in range(5))
    keep(*(tell_run(f"more {number}", f"more-{number}", resources=changes) for number in range(5)))
    keep(*(tell_run(f"again {number}", "web-1", hours_ago=3 + number, resources=changes) for number in range(3)))
    assert_budget(reader.client, name, PAGES[name])
