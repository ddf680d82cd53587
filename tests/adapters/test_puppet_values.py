"""Values: the same text from both formats."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw

from reports.adapters.puppet.values import LONGEST, number_of, text_of

SHA = "{sha256}4a67b8188643687df8bdabdfa558ac1439c822d237b1145b8f72bf661df655fc"
BASE64 = "e3NoYTI1Nn00YTY3YjgxODg2NDM2ODdkZjhiZGFiZGZhNTU4YWMxNDM5YzgyMmQyMzdiMTE0NWI4ZjcyYmY2NjFkZjY1NWZj"


def text(value: object) -> str | None:
    return text_of(Raw(json.dumps(value).encode()))


@pytest.mark.parametrize(
    ("in_yaml", "in_command", "meant"),
    [
        (None, "", None),
        ("", "", None),
        ("0644", "0644", "0644"),
        (BASE64, BASE64, SHA),
        (["0"], '["0"]', "0"),
        (["users", "adm"], '["users", "adm"]', "users,adm"),
        (['a"b', "c\\d", "\x1b"], r'["a\"b", "c\\d", "\e"]', 'a"b,c\\d,\x1b'),
        (["ü", "\u2028"], r'["ü", "\u2028"]', "ü,\u2028"),
        ([], "[]", None),
        (True, "true", "true"),
        (80, "80", "80"),
        (1.5, "1.5", "1.5"),
        ([1, None, True], "[1, nil, true]", "1,,true"),
        ("[redacted]", "[redacted]", "[redacted]"),
        ("[main]\na = 1", "[main]\na = 1", "[main]\na = 1"),
        (":absent", "absent", "absent"),
    ],
)
def test_both_formats_give_one_text(in_yaml: object, in_command: str, meant: str | None) -> None:
    assert text(in_yaml) == text(in_command) == meant


@pytest.mark.parametrize("said", ["e3", "e3NoYQ==", "e2luc3RhbGwK", "e30", "eyJhIjoxfQ==", "e3NoYTI1Nn3//w=="])
def test_text_that_only_looks_like_base64_stays(said: str) -> None:
    assert text(said) == said


def test_map_is_told_as_ruby_tells_it() -> None:
    assert text({"a": ["b", 1]}) == '{"a"=>"b,1"}'


def test_number_keeps_its_digits() -> None:
    assert text_of(Raw(b"1.50")) == "1.50"


def test_long_value_is_cut_visibly() -> None:
    assert text("x" * (LONGEST + 1)) == "x" * LONGEST + "\n… 1 characters left out"


@given(st.text())
def test_plain_text_is_told_as_it_is(said: str) -> None:
    if not said.startswith(("[", ":", "e")):
        assert text_of(Raw(json.dumps(said, ensure_ascii=False).encode(errors="replace"))) == (
            said.encode(errors="replace").decode() or None
        )


@given(st.text(alphabet='[]",\\nil:e{}u0 '))
def test_text_like_a_list_never_fails(said: str) -> None:
    assert isinstance(text(f"[{said}]"), str | None)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("2.5", 2.5), (3, 3.0), ("", None), ("soon", None), (None, None), ("nan", None), ("1e999", None)],
)
def test_number_may_be_quoted(said: float | str | None, meant: float | None) -> None:
    assert number_of(said) == meant
