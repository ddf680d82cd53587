"""A real browser, who is logged in with it, and a fleet whose every text is hard to lay out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reports.people.roles import Role
from reports.people.tables import Person
from reports.run import Outcome, Status
from tests.api.conftest import NOW, keep, keep_small_fleet, tell_change, tell_run
from tests.weekly.kept import keep_briefs

PASSWORD: Final = "correct horse battery"
TIMEOUT: Final = 15_000  # milliseconds that something may take to appear
LONG: Final = "x" * 4000 + " \u202e<script>alert(1)</script> \N{PILE OF POO}"
expect.set_options(timeout=TIMEOUT)
OPTIONS: Final = (
    *("--no-sandbox", "--headless=new", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--no-first-run"),
)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium. `make test` installs it; without it these tests fail: nothing else sees the CSP at work."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail("No Chromium here: `apt-get install chromium`, or run `make test`, which does.")
    return {"executable_path": chromium, "args": list(OPTIONS)}


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: each test has a server of its own. In place of pytest-playwright's, which pytest warns of."""


@dataclass(slots=True)
class Visit:
    """A window of a browser at a server, and all that its console complained of."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Hear every error, every exception and every dialog from now on."""
        self.page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))

    def open(self, address: str) -> Page:
        """The page at this address of the server."""
        self.page.goto(self.url + address)
        return self.page

    def log_in(self, name: str = "ada") -> Page:
        """By the form, as a person would; ends on the overview."""
        self.open("/")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Log in").click()
        self.expect_heading("Overview")
        return self.page

    def expect_heading(self, text: str) -> None:
        """Wait until the page that a click or a key leads to calls itself so.

        A click is over before the browser has left the page, so a look at what stands there would be a look at the
        old one now and then. Nor does an idle network tell: it is idle until the browser leaves.
        """
        expect(self.page.locator("h1")).to_have_text(text, use_inner_text=True)

    def draw_charts(self) -> None:
        """Bring each into sight, for they are drawn where they can be seen, and wait until it is."""
        for place in self.page.locator("[data-figure]").all():
            place.scroll_into_view_if_needed()
            place.locator(".main-svg").first.wait_for()
        self.page.evaluate("window.scrollTo(0, 0)")

    def assert_calm(self, where: str) -> None:
        """Nothing complained, nothing came from elsewhere, and the page is no wider than the window."""
        assert self.complaints == [], where
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{where} is too wide"


Opens = Callable[..., Visit]


@pytest.fixture
def people(transactional_db: None) -> None:
    """Ada, who may do everything, Oscar, an operator, and Vera, who may look."""
    for name, role in (("ada", Role.ADMIN), ("oscar", Role.OPERATOR), ("vera", Role.VIEWER)):
        Person.objects.create(user=User.objects.create_user(name, password=PASSWORD), role=role)


@pytest.fixture
def fleet(people: None) -> None:
    """The small fleet, and one node whose every text is hard to lay out."""
    keep_small_fleet()
    keep_briefs(NOW, word=LONG[:200] + LONG[-40:])
    nasty = tell_change(LONG, corrective=True), tell_change(LONG + "2", status=Status.FAILED)
    keep(tell_run("long", LONG[:900], outcome=Outcome.FAILED, resources=nasty, message=LONG, code_version=LONG))


@pytest.fixture
def visit(live_server: LiveServer, new_context: Callable[..., Any]) -> Iterator[Opens]:
    """Opens a window: `visit(width=390, theme="dark")`."""

    def opens(*, width: int = 1280, height: int = 844, theme: str = "light", **more: Any) -> Visit:  # noqa: ANN401
        context = new_context(viewport={"width": width, "height": height}, color_scheme=theme, **more)
        context.set_default_timeout(TIMEOUT)
        visit = Visit(context.new_page(), live_server.url)
        visit.listen()
        return visit

    yield opens
