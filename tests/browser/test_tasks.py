"""The tasks that people come for, walked in a browser from the first click to the answer."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from reports.adapters.discovery import adapters
from tests.browser.conftest import Opens
from tests.intake.doors import open_doors

SAMPLE: Final = Path(__file__).parents[2] / "reports/adapters/generic/samples/corrected.body.json"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fleet")]


def test_find_the_hottest_node_and_why(visit: Opens) -> None:
    seen = visit()
    page = seen.log_in()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Hotspots").click()
    hottest = page.locator("table.hot tbody tr").first
    hottest.get_by_role("rowheader").get_by_role("link").first.click()
    page.locator(".timeline tbody a.sign.corrected").last.click()
    opened = page.locator("#opened")
    expect(opened).to_contain_text("The agent flagged this as corrective")
    expect(opened.get_by_role("link", name="on all nodes")).to_be_visible()
    seen.assert_calm("the hottest node, opened")


def test_search_from_anywhere_by_the_keyboard(visit: Opens) -> None:
    seen = visit()
    page = seen.log_in()
    page.keyboard.press("/")
    page.keyboard.type("env:production statu")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text("status")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("failed")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    seen.expect_heading("Search")
    expect(page.get_by_role("link", name="rack/ü 1").first).to_be_visible()
    seen.assert_calm("search")


def test_filter_and_export(visit: Opens, tmp_path: Path) -> None:
    seen = visit()
    page = seen.log_in()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Nodes").click()
    page.locator("#list").get_by_label(re.compile("query", re.IGNORECASE)).fill("status:failed rack")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**q=status*")
    rows = page.locator("#list tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("rack/ü 1")
    for kind, read in (("CSV", _names_in_csv), ("JSON", _names_in_json)):
        with page.expect_download() as download:
            page.get_by_role("link", name=kind, exact=True).click()
        download.value.save_as(tmp_path / kind)
        assert read(tmp_path / kind) == ["rack/ü 1"]
    seen.assert_calm("filtered nodes")


def _names_in_csv(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]


def _names_in_json(path: Path) -> list[str]:
    return [row["name"] for row in json.loads(path.read_text(encoding="utf-8"))]


def test_mute_what_is_known(visit: Opens) -> None:
    seen = visit()
    page = seen.log_in()
    seen.open("/nodes/web-2/")
    page.get_by_role("link", name=re.compile("note", re.IGNORECASE)).first.click()
    page.get_by_label("What is known").fill("known, ticket 4711 https://tickets.example.net/4711")
    page.get_by_label("Mute it").check()
    page.get_by_label("Until", exact=True).select_option(index=1)
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_text("ticket 4711").first).to_be_visible()
    seen.open("/nodes/")
    row = page.locator("tbody tr", has=page.get_by_role("link", name="web-2", exact=True))
    expect(row).to_contain_text("muted")
    seen.assert_calm("a muted node in the list")


def test_read_the_incident_window(visit: Opens) -> None:
    seen = visit()
    page = seen.log_in()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Incident").click()
    page.get_by_role("link", name="last 24 h").click()
    expect(page.locator("main")).to_contain_text("File[/etc/motd]")
    page.get_by_label(re.compile("query")).fill("name:web-1 site:main")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("main")).to_contain_text("1 node matches")
    expect(page.locator("main")).not_to_contain_text("Service[nginx]")
    seen.assert_calm("an incident window")


def test_make_a_token_and_forward_a_report_with_it(visit: Opens, tmp_path: Path, settings: Settings) -> None:
    """An operator makes the token on a page, posts with it at a door of a real gunicorn, and finds the node."""
    with open_doors(tmp_path) as doors:
        settings.FLEETVIEW_DATA_DIR = doors.folder
        seen = visit()
        page = seen.log_in("oscar")
        page.locator("summary", has_text="oscar").click()
        page.get_by_role("link", name=re.compile("tokens", re.IGNORECASE)).click()
        page.get_by_role("link", name="New token for a sender").click()
        page.get_by_label("Who will use it").fill("web-fleet")
        page.get_by_label("Tool").select_option("generic")
        page.get_by_role("button", name="Make the token").click()
        token = page.locator("#token").inner_text()
        seen.assert_calm("a new token")
        sample = next(adapter for adapter in adapters() if adapter.tool == "generic")
        answer = doors.post(f"/{sample.doors[0].paths[0]}", SAMPLE.read_bytes(), {"Authorization": f"Bearer {token}"})
        assert answer.status == 202, answer.body
        doors.manage("drain", "--until-empty")
        seen.open("/nodes/?search=app01")
        page.get_by_role("link", name="app01.example.org").click()
        expect(page.locator("main")).to_contain_text("template[/etc/motd]")
        seen.open("/tokens/")
        assert token not in page.content(), "it is shown once"
