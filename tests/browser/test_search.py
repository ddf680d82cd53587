"""The search as people use it: by the keyboard, by the mouse, and without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opens
from tests.browser.test_accessible import complaints_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fleet")]


def options(page: Page) -> list[str]:
    """What is offered, as it is read."""
    page.locator('[role="option"]').first.wait_for()
    return [text.split("\n")[0] for text in page.locator('[role="option"] .completion').all_inner_texts()]


def test_a_slash_leads_to_the_search_and_the_keyboard_through_it(visit: Opens) -> None:
    seen = visit()
    page = seen.log_in()
    seen.open("/display/")
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Search nodes, runs and resources")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.keyboard.type("en")
    assert options(page) == ["env:"]
    page.keyboard.press("ArrowDown")
    assert page.locator('[aria-selected="true"]').get_attribute("id") == field.get_attribute("aria-activedescendant")
    assert complaints_of(page) == []
    page.keyboard.press("Enter")
    expect(field).to_have_value("env:")
    assert options(page) == ["production", "staging"]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    expect(field).to_have_value("env:staging ")
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    seen.expect_heading("Search")
    page.get_by_role("link", name="web-2").first.click()
    seen.expect_heading("web-2")
    seen.assert_calm("search")


def test_escape_closes_what_is_offered_and_then_leaves(visit: Opens) -> None:
    page = visit().log_in()
    page.keyboard.press("/")
    page.keyboard.type("status:f")
    assert options(page) == ["failed"]
    field = page.locator("#find")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_be_focused()
    expect(field).to_have_value("status:f")
    page.keyboard.press("Escape")
    expect(field).not_to_be_focused()


def test_the_mouse_takes_what_is_offered_in_the_field_of_a_list(visit: Opens) -> None:
    seen = visit()
    page = seen.log_in()
    seen.open("/nodes/")
    field = page.locator("#q")
    field.fill("resource:F")
    page.locator('[role="option"]').first.click()
    expect(field).to_have_value('resource:"File[')
    page.locator('[role="option"]', has_text="/etc/motd").click()
    expect(field).to_have_value('resource:"File[/etc/motd]" ')
    field.press("Enter")
    page.get_by_role("link", name="web-1").first.wait_for()
    expect(page.get_by_role("link", name="web-2")).to_have_count(0)
    seen.assert_calm("nodes")


def test_a_slash_in_a_field_is_a_slash(visit: Opens) -> None:
    seen = visit()
    page = seen.log_in()
    seen.open("/nodes/")
    page.locator("#q").press_sequentially("rack/")
    expect(page.locator("#q")).to_have_value("rack/")


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_a_word_that_means_nothing_is_marked_and_mended(visit: Opens, width: int, theme: str) -> None:
    seen = visit(width=width, theme=theme)
    page = seen.log_in()
    seen.open("/search/?q=web+enviroment:production")
    expect(page.locator("mark")).to_have_text("enviroment")
    expect(page.get_by_label("Nodes, runs and resources that match")).to_have_attribute("aria-invalid", "true")
    assert complaints_of(page) == []
    seen.complaints.clear()  # the browser itself tells of a 400
    seen.open("/runs/?q=outcome:faild")
    expect(page.locator("mark")).to_have_text("faild")
    seen.complaints.clear()
    page.locator("#q").fill("outcome:failed")
    page.locator("#q").press("Enter")
    page.get_by_role("link", name="rack").first.wait_for()
    seen.expect_heading("Runs")
    seen.assert_calm("mended")


def test_without_a_script_the_search_is_a_plain_form(visit: Opens) -> None:
    seen = visit(java_script_enabled=False)
    page = seen.open("/")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Log in").click()
    page.locator("#find").fill("motd")
    page.locator("#find").press("Enter")
    page.get_by_role("link", name="File[/etc/motd]").click()
    seen.expect_heading("File[/etc/motd]")
