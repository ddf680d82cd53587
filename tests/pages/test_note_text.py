"""Addresses in notes are links, and nothing else is markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.pages.note_text import link_addresses
from tests.pages.conftest import Elements


def read(text: str) -> Elements:
    elements = Elements()
    elements.feed(link_addresses(text))
    return elements


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("see https://tickets.example/4711.", "https://tickets.example/4711"),
        ("(http://a.example/x_(y))", "http://a.example/x_(y)"),
        ("HTTPS://A.EXAMPLE/?q=1&r=2, and more", "HTTPS://A.EXAMPLE/?q=1&r=2"),
    ],
)
def test_an_address_becomes_a_link_that_tells_nothing_of_us(text: str, address: str) -> None:
    elements = read(text)
    links = [attributes for tag, attributes in elements.found if tag == "a"]
    assert links == [{"href": address, "rel": "noopener noreferrer"}]
    assert "".join(elements.texts) == text


@pytest.mark.parametrize(
    "text",
    [
        "ticket 4711",
        "javascript:alert(1)",
        "ftp://a.example/",
        "https://",
        "www.example.net",
        "https://a.example/\u202ex",
    ],
)
def test_nothing_else_does(text: str) -> None:
    assert "a" not in {tag for tag, _ in read(text).found}


def test_markup_is_text() -> None:
    elements = read('<b>x</b> https://a.example/"onclick="x <img src=x>')
    assert {tag for tag, _ in elements.found} == {"a", "wbr"}
    assert [attributes["href"] for tag, attributes in elements.found if tag == "a"] == ["https://a.example/"]


@given(st.text())
def test_any_text_gives_no_element_but_ours(text: str) -> None:
    assert {tag for tag, _ in read(f"{text} https://a.example/{text}").found} <= {"a", "wbr", "span"}
