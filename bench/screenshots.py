"""A picture of every page, in both themes, on a desk and on a phone: `python -m bench.screenshots`.

Starts a demo in a folder that is thrown away afterwards, or looks at a server that runs already (`--url`, with the
login of the demo). Writes `screenshots/THEME-WIDTH/PAGE.png`; the pages are those of `bench/addresses.py`.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.addresses import PAGES, fill, needed

ROOT: Final = Path(__file__).resolve().parents[1]
THEMES: Final = ("light", "dark")
WIDTHS: Final = {"wide": (1280, 900), "phone": (390, 844)}
OWN_WIDTHS: Final = {"/wall/": (1920, 1080)}  # what hangs on a wall, in place of the desk
PARTS: Final = frozenset({"/search/complete/", "/incident/changes/"})  # of pages: nothing to look at by themselves
OPTIONS: Final = ("--no-sandbox", "--headless=new", "--disable-gpu", "--disable-dev-shm-usage")
CHROMIUMS: Final = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Server:
    """A Fleetview to look at, and a login to it."""

    url: str
    user: str
    password: str


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "screenshots", help="folder to write to")
    parser.add_argument("--url", help="a server that runs already")
    parser.add_argument("--user", default="demo")
    parser.add_argument("--password", default="")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    wanted = parser.parse_args()
    if wanted.url:
        take_pictures(Server(wanted.url.rstrip("/"), wanted.user, wanted.password), wanted.out, only=wanted.only)
        return
    with demo() as server:
        take_pictures(server, wanted.out, only=wanted.only)


@contextmanager
def demo() -> Iterator[Server]:
    """A server with eight weeks of samples, until the end of the block."""
    with tempfile.TemporaryDirectory(prefix="fleetview-screenshots-") as folder, socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{found.getsockname()[1]}"
        found.close()
        server = subprocess.Popen(
            [sys.executable, "-m", "fleetview.serve", "--demo"],
            cwd=ROOT,
            env=os.environ | {"FLEETVIEW_DATA_DIR": folder, "FLEETVIEW_BIND": bind},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        try:
            print("waiting for the demo, which takes a minute or two")
            yield Server(f"http://{bind}", "demo", _hear_password(server))
        finally:
            server.send_signal(signal.SIGINT)
            server.communicate()


def _hear_password(server: subprocess.Popen[str]) -> str:
    """The demo ends with its login."""
    assert server.stdout is not None
    said = []
    for line in server.stdout:
        said.append(line)
        if found := re.search(r"Password  (\S+)", line):
            return found[1]
    raise RuntimeError(f"The demo ended before it gave a login:\n{''.join(said)}")


def take_pictures(server: Server, out: Path, *, only: str = "") -> None:
    """Every page, in every theme and width."""
    chromium = next((path for path in map(shutil.which, CHROMIUMS) if path), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(OPTIONS))
        state = _log_in(browser, server)
        told = _find_names(browser, server, state)
        asked = [name for name in PAGES if name not in PARTS and only in name]
        names = [name for name in asked if needed(PAGES[name]) <= told.keys()]
        if len(names) < len(asked):
            left_out = ", ".join(name for name in asked if name not in names)
            print(f"left out, for this server has nothing that they could show: {left_out}")
        for theme, (width, size) in itertools.product(THEMES, WIDTHS.items()):
            folder = out / f"{theme}-{width}"
            folder.mkdir(parents=True, exist_ok=True)
            strangers, people = (_open_context(browser, theme, one).new_page() for one in (None, state))
            for name in names:
                page = strangers if name == "/login/" else people
                across, high = OWN_WIDTHS.get(name, size) if width == "wide" else size
                page.set_viewport_size({"width": across, "height": high})
                page.goto(server.url + fill(PAGES[name], told))
                _take(page, folder / f"{file_name(name)}.png")
            print(f"{len(names)} pages in {folder}")
        browser.close()


def file_name(name: str) -> str:
    """What the picture of a page is called."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "overview"


def _open_context(browser: Browser, theme: str, state: Any) -> BrowserContext:  # noqa: ANN401
    return browser.new_context(color_scheme="dark" if theme == "dark" else "light", storage_state=state)


def _take(page: Page, file: Path) -> None:
    """The whole page, its charts drawn: those come when they are near the window."""
    for place in page.locator("[data-figure]").all():
        place.scroll_into_view_if_needed()
        place.locator(".main-svg").first.wait_for()
    page.evaluate("window.scrollTo(0, 0)")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=file, full_page=True, animations="disabled")


def _log_in(browser: Browser, server: Server) -> Any:  # noqa: ANN401 - what playwright calls a storage state
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server.url}/login/")
    page.get_by_label("Name").fill(server.user)
    page.get_by_label("Password").fill(server.password)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="Overview").wait_for()
    return context.storage_state()


def _find_names(browser: Browser, server: Server, state: Any) -> dict[str, str]:  # noqa: ANN401
    """What to look at: the hottest node and resource, as the read API tells them, and what changed there last.

    What a server does not have yet, such as a brief, is absent.
    """
    context = browser.new_context(storage_state=state)

    def ask(path: str, **query: str) -> list[dict[str, Any]]:
        answer = context.request.get(f"{server.url}/api/v1/{path}/?{urlencode(query)}")
        found: list[dict[str, Any]] = answer.json()["results"]
        return found

    hottest, second = [*ask("hotspots", by="node"), {}, {}][:2]
    (resource, *_), (brief, *_) = [*ask("hotspots", by="resource"), {}], [*ask("briefs", state="made"), {}]
    told = {
        "other_node": second.get("name"),
        "resource": resource.get("name"),
        "brief": brief.get("id"),
    }
    if hottest:
        node, change = ask("nodes", search=hottest["name"])[0], ask("changes", node=hottest["name"])[0]
        others = (run["id"] for run in ask("runs", node=node["name"]) if run["id"] != change["run_id"])
        day = datetime.fromisoformat(node["last_run_at"]).date()
        told |= {
            "node": node["name"],
            "environment": node["environment"],
            "run": change["run_id"],
            "other_run": next(others, None),
            "change": f"{change['run_id']}:0",
            "tool": node["tools"][0],
            "since": f"{day - timedelta(days=2)}",
            "until": f"{day}",
        }
    return {name: str(value) for name, value in told.items() if value is not None}


if __name__ == "__main__":
    main()
