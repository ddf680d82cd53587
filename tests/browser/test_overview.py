"""The overview of a fleet keeps itself fresh, and says so when it cannot."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from reports.rollups.tables import NodeState
from reports.run import Outcome
from tests.browser.conftest import Opens

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fleet")]

REFRESH = "htmx.trigger(document.getElementById('live'), 'fleetview:refresh')"


def draw_chart(page: Page) -> None:
    """Bring it into sight and wait for it."""
    page.locator("[data-figure]").scroll_into_view_if_needed()
    page.locator("[data-figure] .bars .point").first.wait_for(state="attached")


def test_news_come_in_by_themselves_and_leave_a_person_where_she_is(visit: Opens) -> None:
    seen = visit()
    page = seen.log_in()
    draw_chart(page)
    page.locator("#runs-table summary").click()
    page.locator("#counter-failed").focus()
    page.evaluate("document.getElementById('runs-chart').isTheOldOne = true")
    NodeState.objects.filter(name="web-2").update(status=Outcome.FAILED)
    page.evaluate(REFRESH)
    expect(page.get_by_role("status").filter(has_text="1 more node failed")).to_be_attached()
    assert page.evaluate("document.activeElement.id") == "counter-failed"
    assert page.evaluate("document.getElementById('runs-table').open")
    assert page.evaluate("document.getElementById('runs-chart').isTheOldOne"), "the drawing is kept, not made anew"
    seen.assert_calm("refreshed")


def test_who_pauses_it_finds_it_paused_on_the_next_page_too(visit: Opens) -> None:
    page = visit().log_in()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text(re.compile("Paused at"))).to_be_visible()
    page.reload()
    expect(page.get_by_text(re.compile("Paused at"))).to_be_visible()
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_text(re.compile("^Updated"))).to_be_visible()


@pytest.mark.parametrize("address", ["/", "/wall/"])
def test_a_page_that_gets_no_news_says_since_when(visit: Opens, address: str) -> None:
    seen = visit()
    seen.log_in()
    page = seen.open(address)
    page.context.clear_cookies()
    page.evaluate(REFRESH)
    expect(page.get_by_text(re.compile(r"Not updated since \d\d:\d\d:\d\d: you are logged out"))).to_be_visible()
    page.context.set_offline(True)
    page.evaluate(REFRESH)
    expect(page.get_by_text(re.compile("the server cannot be reached"))).to_be_visible()


def test_colours_change_at_once_and_stay(visit: Opens) -> None:
    seen = visit()
    page = seen.log_in()
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_text("ada", exact=True).first.click()
    with page.expect_response("**/display/"):
        page.get_by_role("button", name="dark").click()
    dark = page.evaluate(ground)
    assert dark != light
    seen.open("/nodes/")
    assert page.evaluate(ground) == dark
    seen.assert_calm("dark")
