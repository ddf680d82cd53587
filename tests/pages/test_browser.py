"""A real browser walks from the login to a run, under the strict policy, in both themes, on a desk and on a phone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import pytest
from django.contrib.auth.models import User
from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from reports.run import Outcome, Status
from reports.store.resource_sets import KNOWN
from tests.api.conftest import keep, keep_small_fleet, tell_change, tell_run

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Theme = Literal["light", "dark"]
PASSWORD = "correct horse battery"
LONG = "x" * 4000 + " \u202e<script>alert(1)</script> \N{PILE OF POO}"
OPTIONS = (
    *("--no-sandbox", "--headless=new", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--no-first-run"),
)
# Written through the ORM's back: the flush after a test knows only the tables that Django made.
PARTITIONED = "run, run_detail, change, inventory_change"


@pytest.fixture
def fleet() -> Iterator[None]:
    """The small fleet, one node whose every text is hard to lay out, and somebody to log in as."""
    User.objects.create_user("ada", password=PASSWORD)
    keep_small_fleet()
    nasty = tell_change(LONG, corrective=True), tell_change(LONG + "2", status=Status.FAILED)
    keep(tell_run("long", LONG[:900], outcome=Outcome.FAILED, resources=nasty, message=LONG, code_version=LONG))
    yield
    with connection.cursor() as database:
        database.execute(f"TRUNCATE {PARTITIONED}")
    KNOWN.forget()  # the flush takes the resources away from under the store


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Debian's Chromium. `make test` installs it; without it this test fails, because nothing else looks at the CSP."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail("No Chromium here: `apt-get install chromium`, or run `make test`, which does.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(OPTIONS))
        yield opened
        opened.close()


@dataclass(slots=True)
class Visit:
    """A window, and all that its console complained of."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))

    def assert_calm(self, where: str) -> None:
        """Nothing complained, nothing came from elsewhere, and the page is no wider than the window."""
        assert self.complaints == [], where
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{where} is too wide"


@pytest.mark.parametrize(
    ("width", "theme"), [(1280, "light"), (390, "dark")], ids=["a desk by day", "a phone by night"]
)
@pytest.mark.usefixtures("fleet")
def test_from_the_login_to_a_run(live_server: LiveServer, browser: Browser, width: int, theme: Theme) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": 844}, color_scheme="dark" if theme == "dark" else "light"
    )
    visit = Visit(page)
    visit.listen()
    log_in(page, live_server.url)
    visit.assert_calm("overview")
    assert page.locator("[data-figure] .bars .point").count() > 0, "the chart is drawn"
    for name in ("rack/ü 1", "web-1"):
        page.goto(f"{live_server.url}/nodes/")
        page.get_by_role("link", name=name, exact=True).last.click()
        page.wait_for_load_state("networkidle")
        assert page.locator("h1").inner_text() == name
        visit.assert_calm(name)
    page.get_by_role("link", name="corrected").first.click()
    assert page.locator("h1").inner_text() == "Run of web-1"
    assert page.get_by_text("File[/etc/motd]").is_visible()
    visit.assert_calm("run")


@pytest.mark.usefixtures("fleet")
def test_text_of_any_length_stays_inside_the_page(live_server: LiveServer, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    visit = Visit(page)
    visit.listen()
    log_in(page, live_server.url)
    rankings = ("/hotspots/?window=24h", "/hotspots/?by=resource&window=90d", "/hotspots/?by=environment")
    for address in ("/", *rankings, "/nodes/", "/runs/", "/changes/", "/intake/"):
        page.goto(live_server.url + address)
        visit.assert_calm(address)
    page.goto(f"{live_server.url}/runs/?outcome=failed")
    page.locator("tbody th a", has_text="xxxxx").first.click()
    visit.assert_calm("node with a long name")
    page.locator(".timeline tbody a.sign").last.click()
    visit.assert_calm("change with a long title, opened")
    page.get_by_role("link", name="on all nodes").click()
    visit.assert_calm("resource with a long title")
    page.go_back()
    page.go_back()
    page.locator("#runs").locator("xpath=ancestor::section").locator("tbody a").first.click()
    visit.assert_calm("run with long titles")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.usefixtures("fleet")
def test_a_mark_of_the_timeline_opens_the_change_and_leads_to_the_resource_on_all_nodes(
    live_server: LiveServer, browser: Browser, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    visit = Visit(page)
    visit.listen()
    log_in(page, live_server.url)
    page.goto(f"{live_server.url}/nodes/web-1/")
    newest = page.locator(".timeline thead a.sign").last
    assert (newest.bounding_box() or {"x": width})["x"] < width, "the newest run is in sight"
    page.locator(".timeline tbody").get_by_role("link", name="correction").click()
    assert page.locator("#opened").get_by_text("The agent flagged this as corrective").is_visible()
    visit.assert_calm("opened")
    page.get_by_role("link", name="on all nodes").click()
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").inner_text() == "File[/etc/motd]"
    assert page.locator("[data-figure] .bars .point").count() > 0, "the chart is drawn"
    visit.assert_calm("resource")


@pytest.mark.usefixtures("fleet")
def test_the_keyboard_reaches_the_content_first(live_server: LiveServer, browser: Browser) -> None:
    page = browser.new_page()
    log_in(page, live_server.url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def log_in(page: Page, url: str) -> None:
    """By the form, as a person would; ends on the overview."""
    page.goto(f"{url}/")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").inner_text() == "Overview"
