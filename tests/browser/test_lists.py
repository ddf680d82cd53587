"""Lists in a browser: sorted, filtered and turned in place, walked by keyboard, and the same without a script."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from reports.pages import listing
from tests.browser.conftest import Opens

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fleet")]


def mark(page: Page) -> None:
    """Something that is gone once the whole page is loaded anew."""
    page.evaluate("window.isSamePage = true")


def is_same(page: Page) -> bool:
    return bool(page.evaluate("window.isSamePage === true"))


def test_a_head_sorts_in_place_keeps_the_focus_and_says_so(visit: Opens) -> None:
    window = visit()
    window.log_in()
    page = window.open("/nodes/")
    mark(page)
    page.locator("#sort-name").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/nodes/?sort=-name")
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Node")
    expect(page.locator("#sort-name")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="last first")).to_have_count(1)
    assert is_same(page)
    page.go_back()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Node")
    window.assert_calm("sorting")


def test_a_query_filters_in_place_and_one_that_means_nothing_is_marked(visit: Opens) -> None:
    window = visit()
    window.log_in()
    page = window.open("/nodes/")
    mark(page)
    page.locator("#q").fill("env:staging")
    page.locator("#list-show").click()
    page.wait_for_url("**/nodes/?q=env*")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("#q").fill("colour:red")
    page.locator("#list-show").click()
    expect(page.locator("#q-problem")).to_contain_text("There is no key colour")
    assert is_same(page)


def test_pages_are_turned_in_place_and_a_refusal_is_a_page_of_its_own(
    visit: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "LINES", 3)
    window = visit()
    window.log_in()
    page = window.open("/nodes/")
    mark(page)
    first = page.locator("tbody th a").first.inner_text()
    page.locator("#page-after").click()
    expect(page.locator("#page-before")).to_be_visible()
    expect(page.locator("tbody th a").first).not_to_have_text(first)
    assert is_same(page)
    page.evaluate("htmx.ajax('GET', '/nodes/?cursor=broken', { target: '#list', select: '#list' })")
    expect(page.locator("h1")).to_contain_text("means nothing")


def test_j_and_k_walk_the_rows_and_enter_opens_one(visit: Opens) -> None:
    window = visit()
    window.log_in()
    page = window.open("/nodes/?sort=name")
    names = page.locator("tbody th a")
    for key, row in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(names.nth(row)).to_be_focused()
    page.locator("#q").focus()
    page.keyboard.type("jk")
    expect(page.locator("#q")).to_have_value("jk")
    names.nth(1).focus()
    page.keyboard.press("j")
    target = names.nth(2).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


@pytest.mark.parametrize("with_script", [True, False])
def test_on_a_phone_the_filters_fold_behind_a_tick_that_counts_them(visit: Opens, with_script: bool) -> None:
    window = visit(width=390, java_script_enabled=with_script)
    window.log_in()
    page = window.open("/changes/?cause=corrective&window=30")
    node = page.get_by_label("Node (whole name)")
    expect(node).to_be_hidden()
    page.get_by_label("Filters, 2 set").check()
    node.fill("web-1")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**node=web-1**")
    expect(page.get_by_label("Filters, 3 set")).not_to_be_checked()
    expect(node).to_be_hidden()
    window.assert_calm("the folded filters")


@pytest.mark.parametrize("with_script", [True, False])
def test_columns_are_chosen_and_views_saved(visit: Opens, with_script: bool) -> None:
    window = visit(java_script_enabled=with_script)
    window.open("/login/")
    page = window.page
    page.get_by_label("Name").fill("oscar")
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Log in").click()
    window.open("/nodes/?sort=-heat")
    page.locator("summary", has_text="Columns").click()
    page.get_by_role("checkbox", name="Tools").uncheck()
    page.get_by_role("button", name="Show these").click()
    expect(page.locator("thead th", has_text="Tools")).to_have_count(0)
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Heat")
    page.locator("summary", has_text="Views").click()
    page.get_by_label("Save this view as").fill("Hot <ones>")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator("summary", has_text="Views").click()
    page.get_by_role("link", name="Hot <ones>").click()
    page.wait_for_url("**/nodes/?sort=-heat")


def test_a_file_is_downloaded_by_its_link(visit: Opens, tmp_path: Path) -> None:
    window = visit()
    window.log_in()
    page = window.open("/nodes/?q=env:staging")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="JSON").click()
    waiting.value.save_as(tmp_path / "nodes.json")
    assert [row["name"] for row in json.loads((tmp_path / "nodes.json").read_text())] == ["web-2"]
    assert waiting.value.suggested_filename.startswith("nodes-")
