"""axe-core finds nothing on any page: what it can see of WCAG 2.2 AA, in both themes, on a desk and on a phone."""

from __future__ import annotations

from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from bench.addresses import PAGES, fill
from tests.api.conftest import keep, tell_change, tell_run
from tests.browser.conftest import Opens, Visit
from tests.pages.test_query_counts import TOLD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("people")]

RULES: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
WINDOWS: Final = {"a desk by day": (1280, "light"), "a phone by night": (390, "dark")}
NARROW: Final = 320  # what a page has to fit into without scrolling sideways (WCAG 2.2, 1.4.10)
NOWHERE: Final = "/nodes/no-such-node/"


def complaints_of(page: Page) -> list[str]:
    """What axe finds on the page as it stands, a line each: the rule, how bad, and the first elements."""
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [
        f"  {rule['id']} ({rule['impact']}): {node['html'][:200]}\n    {' '.join(node['failureSummary'].split())[:300]}"
        for rule in found
        for node in rule["nodes"][:3]
    ]


def sideways_of(page: Page) -> list[str]:
    """A complaint where a phone's page, made as narrow as it has to bear, is wider than its window."""
    asked = page.viewport_size
    if asked is None or asked["width"] >= WINDOWS["a desk by day"][0]:
        return []
    page.set_viewport_size({"width": NARROW, "height": asked["height"]})
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(asked)
    return [f"  {wide} px wide in a window of {NARROW}"] if wide > NARROW else []


def look_at_all(seen: Visit, places: list[str]) -> str:
    """What axe or the console complains of on these pages, in lines; empty where all is well."""
    told = []
    for address in places:
        seen.open(address)
        seen.draw_charts()
        heard = [f"  console: {text}" for text in seen.complaints]
        if complaints := [*complaints_of(seen.page), *sideways_of(seen.page), *heard]:
            told += [address, *complaints]
        seen.complaints.clear()
    return "\n".join(told)


@pytest.mark.parametrize(("width", "theme"), WINDOWS.values(), ids=WINDOWS.keys())
@pytest.mark.usefixtures("fleet")
def test_every_page_can_be_used_by_everybody(visit: Opens, width: int, theme: str) -> None:
    seen = visit(width=width, theme=theme)
    complaints = look_at_all(seen, ["/login/"])
    seen.log_in()
    complaints += look_at_all(seen, [fill(address, TOLD) for name, address in PAGES.items() if name != "/login/"])
    assert not complaints, complaints


@pytest.mark.usefixtures("fleet")
def test_filters_that_are_unfolded_on_a_phone_can_too(visit: Opens) -> None:
    seen = visit(width=390)
    seen.log_in()
    for address in ("/changes/", "/hotspots/", "/audit/", "/notes/"):
        seen.open(address).get_by_label("Filters").check()
        complaints = "\n".join(complaints_of(seen.page))
        assert not complaints, f"{address}\n{complaints}"


def test_heat_maps_that_are_wider_than_their_window_can_too(visit: Opens) -> None:
    drift = tell_change("/etc/motd", corrective=True)
    keep(*(tell_run(f"day {day}", "web-1", hours_ago=24 * day, resources=(drift,)) for day in range(1, 60)))
    for width in (320, 390, 768):
        seen = visit(width=width)
        seen.log_in()
        complaints = look_at_all(seen, ["/hotspots/", "/hotspots/?window=90d"])
        assert seen.page.locator(".heatmap tbody a").count() > 5
        assert not complaints, f"{width}\n{complaints}"


def test_an_empty_fleet_can_too(visit: Opens) -> None:
    seen = visit()
    seen.log_in()
    complaints = look_at_all(seen, [address for name, address in PAGES.items() if "{" not in address])
    assert not complaints, complaints


def test_a_page_that_is_not_there_can_too(visit: Opens) -> None:
    seen = visit()
    seen.log_in()
    seen.open(NOWHERE)
    complaints = "\n".join(complaints_of(seen.page))
    assert not complaints, complaints
