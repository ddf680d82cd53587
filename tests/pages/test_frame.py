"""The frame around every page."""

from __future__ import annotations

import gzip
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from reports.pages.frame import MENU, NAVIGATION, Place
from reports.people.roles import Role
from reports.people.tables import Person
from reports.rollups.tables import NodeState
from tests.pages.conftest import Reader


def test_the_navigation_comes_in_the_known_order_and_says_where_one_is(reader: Reader) -> None:
    seen = reader.open("/nodes/")
    found = [(attrs.get("href"), attrs.get("aria-current")) for tag, attrs in seen.elements.found if tag == "a"]
    order = [href for href, _ in found if href in {"/", "/hotspots/", "/nodes/", "/runs/", "/changes/", "/intake/"}]
    assert order[1:7] == ["/", "/hotspots/", "/nodes/", "/runs/", "/changes/", "/intake/"]  # the brand comes first
    assert [href for href, current in found if current] == ["/nodes/"]


@pytest.mark.parametrize(("role", "is_shown"), [(None, False), (Role.OPERATOR, False), (Role.ADMIN, True)])
def test_the_menu_leads_only_to_what_the_role_may_see(
    reader: Reader, role: Role | None, is_shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "reports.pages.frame.MENU", (Place("display", "Colours"), Place("intake", "Secret", Role.ADMIN))
    )
    if role:
        Person.objects.create(user=User.objects.get(username="ada"), role=role)
    assert ("Secret" in reader.open("/nodes/").text) is is_shown


def test_places_are_named_once() -> None:
    names = [place.url_name for place in (*NAVIGATION, *MENU)]
    assert len(names) == len(set(names))


def test_a_page_travels_compressed_and_says_how_long_it_is(reader: Reader) -> None:
    answer = reader.client.get("/nodes/", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert int(answer["Content-Length"]) == len(answer.content)
    assert b"</html>" in gzip.decompress(answer.content)


def test_a_door_answers_plainly(db: None) -> None:
    answer = Client().post("/api/v1/reports/generic", b"{}", content_type="x/y", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers


def test_htmx_is_served_from_here_and_may_neither_evaluate_nor_style(reader: Reader) -> None:
    html = reader.open("/nodes/").html
    for setting in ('"includeIndicatorStyles": false', '"allowEval": false', '"selfRequestsOnly": true'):
        assert setting in html
    assert "htmx/htmx-2.min" in html


def test_the_frame_works_without_a_script(reader: Reader) -> None:
    seen = reader.open("/nodes/")
    assert {"details", "summary"} <= seen.tags()
    actions = {attrs.get("action") for tag, attrs in seen.elements.found if tag == "form"}
    assert {"/display/", "/logout/"} <= actions


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/nodes/",
        "/changes/",
        "/hotspots/",
        "/incident/?last=4h&nodes=web-1",
        "/resource/?name=File[/etc/motd]",
        "/search/?q=web-1",
        "/nodes/web-1/",
    ],
)
def test_a_node_whose_clock_is_wrong_is_marked_wherever_it_is_listed(reader: Reader, address: str) -> None:
    assert not re.search(r"clock (is )?ahead", reader.open(address).text)
    NodeState.objects.filter(name="web-1").update(is_clock_wrong=True)
    assert re.search(r"clock (is )?ahead", reader.open(address).text)
