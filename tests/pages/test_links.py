"""Addresses of pages lead back to the very name they were made of."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.urls import resolve
from hypothesis import given
from hypothesis import strategies as st

from reports.pages.links import link_to_node, with_query

# What the store lets through: no NUL, no half of a surrogate pair.
NAMES = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1)


def name_behind(link: str) -> str:
    """The name that a view would be given, with the browser's own reading of the path before."""
    parts = urlsplit(link)
    assert not any(unquote(part) in {".", ".."} for part in parts.path.split("/")), "a browser would resolve it away"
    asked = parse_qs(parts.query, keep_blank_values=True)
    match = resolve(unquote(parts.path))
    assert match.url_name == "node"
    return asked.get("name", [str(match.kwargs["name"])])[0]


@given(NAMES)
def test_any_name_survives_its_address(name: str) -> None:
    assert name_behind(link_to_node(name, site="main")) == name


@pytest.mark.parametrize(
    "name", ["..", "a/../b", ".", "a/b/", "/a", "a//b", "?x=1#y", "%2F", "line\nbreak", "-", "ü 1"]
)
def test_the_hard_ones_do_too(name: str) -> None:
    assert name_behind(link_to_node(name, site="main")) == name


def test_the_main_site_goes_without_saying_and_no_other_does() -> None:
    assert link_to_node("a", site="main") == "/nodes/a/"
    assert link_to_node("a", site="lab & co") == "/nodes/a/?site=lab+%26+co"


def test_a_filter_without_a_value_is_left_out() -> None:
    assert with_query("/x/", {"a": None, "b": "", "c": ["1", "2"], "d": 0}) == "/x/?c=1&c=2&d=0"
