"""The lines to copy, with this server's address in them."""

from __future__ import annotations

import re

import pytest

from reports.adapters.contract import Adapter
from reports.adapters.discovery import adapters
from reports.pages.forwarding import Place, fill, find_place, lay_out_ways

HERE = Place("https://fleet.example:8443", "https://fleet.example:8444")


def test_the_public_address_goes_before_the_one_the_browser_used() -> None:
    assert find_place("http://10.0.0.1:8000/", public_url=None, tls_bind=None) == Place("http://10.0.0.1:8000", None)
    assert find_place("http://10.0.0.1/", public_url="https://fleet.example", tls_bind="0.0.0.0:8444") == Place(
        "https://fleet.example", "https://fleet.example:8444"
    )


def test_placeholders_are_filled_in_one_pass() -> None:
    words = {"SCHEME": "https", "SENDER": "@HOST@", "TOKEN": "t", "HOST": "h:1", "URL": "u", "TLS_URL": "v"}
    assert fill("@SCHEME@://@SENDER@:@TOKEN@@@HOST@/x user@OTHER@", words) == "https://@HOST@:t@h:1/x user@OTHER@"


@pytest.mark.parametrize("adapter", adapters(), ids=lambda adapter: adapter.tool)
def test_no_placeholder_is_left_in_any_way_of_any_tool(adapter: Adapter) -> None:
    setup = lay_out_ways(adapter, HERE)
    assert setup.ways
    lines = "\n".join(file.where + file.lines for way in setup.ways for file in way.files)
    words = "\n".join(text for way in setup.ways for text in (way.title, way.when, *way.notes))
    assert not re.search(r"@[A-Z_]+@", lines + words)
    assert "fleet.example" in lines
    assert adapter.tool in setup.token_command


@pytest.mark.parametrize("adapter", adapters(), ids=lambda adapter: adapter.tool)
def test_a_way_through_the_tls_door_says_so_where_there_is_none(adapter: Adapter) -> None:
    closed = lay_out_ways(adapter, Place("http://fleet.example:8000", None))
    wants = ["@TLS_URL@" in "".join(file.lines for file in way.files) for way in adapter.ways]
    assert [way.needs_tls_door for way in closed.ways] == wants
    assert not any(way.needs_tls_door for way in lay_out_ways(adapter, HERE).ways)
