"""Each endpoint takes as many queries as the budget says, however many rows it answers."""

from __future__ import annotations

import pytest

from tests.api.conftest import NOW, Reader, keep, run_id, tell_change, tell_run
from tests.query_budget import assert_budget
from tests.weekly.kept import MADE, keep_briefs

ENDPOINTS = {
    "/api/v1/nodes/": "nodes/",
    "/api/v1/nodes/<name>/": "nodes/rack/\N{LATIN SMALL LETTER U WITH DIAERESIS} 1/",
    "/api/v1/runs/": "runs/",
    "/api/v1/runs/?node=": "runs/?node=web-1",
    "/api/v1/runs/<id>/": f"runs/{run_id('web-1 drift')}/",
    "/api/v1/changes/": "changes/",
    "/api/v1/changes/?resource=": "changes/?resource=File[/etc/motd]",
    "/api/v1/resources/": "resources/",
    "/api/v1/resources/?name=": "resources/?name=File[/etc/motd]",
    "/api/v1/hotspots/?by=node": "hotspots/?by=node",
    "/api/v1/hotspots/?by=resource": "hotspots/?by=resource",
    "/api/v1/hotspots/?q=": "hotspots/?q=muted:no+corrections:>0",
    "/api/v1/compare/runs/": f"compare/runs/?a={run_id('web-1 first')}&b={run_id('web-1 drift')}",
    "/api/v1/compare/nodes/": "compare/nodes/?a=web-1&a_site=main&b=web-2",
    "/api/v1/incident/?q=": "incident/?q=env:production",
    "/api/v1/nodes/?q=": "nodes/?q=env:production+resource:motd",
    "/api/v1/runs/?q=": "runs/?q=web+outcome:corrected",
    "/api/v1/changes/?q=": "changes/?q=web+resource:motd",
    "/api/v1/notes/": "notes/",
    "/api/v1/briefs/": "briefs/",
    "/api/v1/briefs/<id>/": f"briefs/{MADE}/",
    "/api/v1/briefs/<id>/pdf/": f"briefs/{MADE}/pdf/",
    "/api/v1/intake/": "intake/",
    "/api/v1/schema/": "schema/",
}

pytestmark = pytest.mark.usefixtures("fleet")


@pytest.fixture(autouse=True)
def _briefs(fleet: None) -> None:
    keep_briefs(NOW)


@pytest.mark.parametrize("name", ENDPOINTS)
def test_an_endpoint_keeps_to_its_budget(reader: Reader, name: str) -> None:
    assert_budget(reader.client, name, f"/api/v1/{ENDPOINTS[name]}")


@pytest.mark.parametrize(
    "name", ["/api/v1/nodes/", "/api/v1/runs/", "/api/v1/changes/", "/api/v1/hotspots/?by=node", "/api/v1/resources/"]
)
def test_more_rows_take_no_more_queries(reader: Reader, name: str) -> None:
    keep(
        *(tell_run(f"more {n}", f"more-{n}", resources=(tell_change(f"/etc/{n}", corrective=True),)) for n in range(30))
    )
    assert_budget(reader.client, name, f"/api/v1/{ENDPOINTS[name]}")
