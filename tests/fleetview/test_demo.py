"""`make demo` from an empty data folder to a page with nodes of several tools."""

from __future__ import annotations

import json
import re
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

from tests.fleetview.served import Served


def test_the_demo_ends_with_a_login_that_shows_the_fleet(data_dir: Path) -> None:
    served = Served(data_dir, "--demo")
    try:
        served.wait_to_say(r"Password +\S+")
        browser = log_in(served)
        assert "web-01" in read(browser, served, "/nodes/")
        assert read(browser, served, "/")
        nodes = json.loads(read(browser, served, "/api/v1/nodes/?limit=500"))["results"]
        hotspots = json.loads(read(browser, served, "/api/v1/hotspots/?by=node"))["results"]
        intake = json.loads(read(browser, served, "/api/v1/intake/"))
    finally:
        served.end()
    assert len(nodes) == 24
    assert len({tool for node in nodes for tool in node["tools"]}) >= 3
    assert {"silent", "unchanged", "changed", "failed", "stale_catalog", "pending"} <= {
        node["status"] for node in nodes
    }
    assert all(node["risk"] is not None for node in nodes)
    assert hotspots
    assert intake["refused"] == intake["pending"] == 0


def log_in(served: Served) -> urllib.request.OpenerDirector:
    """A browser with the session of the login that the demo printed."""
    (password,) = re.findall(r"Password +(\S+)", served.said)
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    form = read(browser, served, "/login/")
    (token,) = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    fields = {"username": "demo", "password": password, "csrfmiddlewaretoken": token}
    with browser.open(f"http://{served.bind}/login/", urllib.parse.urlencode(fields).encode()) as answer:
        assert answer.url == f"http://{served.bind}/"
    return browser


def read(browser: urllib.request.OpenerDirector, served: Served, path: str) -> str:
    """A page's text."""
    with browser.open(f"http://{served.bind}{path}") as answer:
        return str(answer.read().decode())
