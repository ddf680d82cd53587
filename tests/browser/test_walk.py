"""From the login to a run, under the strict policy, in both themes, on a desk and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fleet")]


@pytest.mark.parametrize(
    ("width", "theme"), [(1280, "light"), (390, "dark")], ids=["a desk by day", "a phone by night"]
)
def test_from_the_login_to_a_run(visit: Opens, width: int, theme: str) -> None:
    seen = visit(width=width, theme=theme)
    page = seen.log_in()
    seen.assert_calm("overview")
    page.locator("[data-figure]").first.scroll_into_view_if_needed()
    page.locator("[data-figure] .bars .point").first.wait_for(state="attached")
    for name in ("rack/ü 1", "web-1"):
        seen.open("/nodes/")
        page.get_by_role("link", name=name, exact=True).last.click()
        seen.expect_heading(name)
        seen.assert_calm(name)
    page.get_by_role("link", name="corrected").first.click()
    seen.expect_heading("Run of web-1")
    expect(page.get_by_text("File[/etc/motd]").first).to_be_visible()
    seen.assert_calm("run")


def test_text_of_any_length_stays_inside_the_page(visit: Opens) -> None:
    seen = visit(width=390)
    page = seen.log_in()
    rankings = ("/hotspots/?window=24h", "/hotspots/?by=resource&window=90d", "/hotspots/?by=environment")
    for address in ("/", *rankings, "/nodes/", "/runs/", "/changes/", "/intake/"):
        seen.open(address)
        seen.assert_calm(address)
    seen.open("/runs/?outcome=failed")
    page.locator("tbody th a", has_text="xxxxx").first.click()
    page.wait_for_url("**/nodes/**")
    seen.assert_calm("node with a long name")
    page.locator(".timeline tbody a.sign").last.click()
    expect(page.locator("#opened")).to_contain_text("The agent did not say")
    seen.assert_calm("change with a long title, opened")
    page.get_by_role("link", name="on all nodes").click()
    page.wait_for_url("**/resource/*")
    seen.assert_calm("resource with a long title")
    page.go_back()
    page.go_back()
    page.locator("#runs").locator("xpath=ancestor::section").locator("tbody a").first.click()
    page.wait_for_url("**/runs/**")
    seen.assert_calm("run with long titles")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_mark_of_the_timeline_opens_the_change_and_leads_to_the_resource_on_all_nodes(
    visit: Opens, width: int
) -> None:
    seen = visit(width=width)
    page = seen.log_in()
    seen.open("/nodes/web-1/")
    newest = page.locator(".timeline thead a.sign").last
    assert (newest.bounding_box() or {"x": width})["x"] < width, "the newest run is in sight"
    page.locator(".timeline tbody").get_by_role("link", name="correction").click()
    expect(page.locator("#opened").get_by_text("The agent flagged this as corrective")).to_be_visible()
    seen.assert_calm("opened")
    page.get_by_role("link", name="on all nodes").click()
    seen.expect_heading("File[/etc/motd]")
    page.locator("[data-figure]").first.scroll_into_view_if_needed()
    page.locator("[data-figure] .bars .point").first.wait_for(state="attached")
    seen.assert_calm("resource")


def test_the_keyboard_reaches_the_content_first(visit: Opens) -> None:
    page = visit().log_in()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
