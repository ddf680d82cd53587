"""The two ways to read YAML agree, on real reports and on the oddest ones; and nothing takes either of them down."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.adapters.puppet.runs import run_of_yaml
from reports.adapters.puppet.yaml_events import DEEPEST, json_by_events
from reports.adapters.puppet.yaml_reports import (
    is_doubtful,
    json_by_rapidyaml,
    read_carefully,
    read_yaml,
    without_folds,
)
from reports.errors import UnreadableReport
from reports.run import Run
from tests.adapters.puppet_emitter import emit
from tests.adapters.puppet_reports import HEAD, SMALLEST, event, resource
from tests.corpus import CORPUS, needs_corpus

# Words that other readers of YAML trip over, and every character that YAML gives a meaning.
WORDS = """
~ null NULL true yes inf -inf .inf nan infinity 1e400 +5 .5 5. 007 0x1F 1_000 12:30 2026-02-30 2026-11-23 << = *star
&amp !bang {a [b %TAG --- ... @at `tick | > '' "" \\
"""
ODD_WORDS = st.sampled_from([*WORDS.split(), "- dash", "a: b", "a #b", "# c", "? q", "\t", " "])
# Beside a blank these three are written escaped or lost by libyaml itself; raw they stand between letters.
ODD_TEXT = st.one_of(
    ODD_WORDS,
    st.text(max_size=200),
    st.text(alphabet="ab: -#&*!|>'\"%@`{}[],?~\\\n\t\x1b\x00\x07é\u202e\U0001f680", max_size=200),
    st.builds("{}\x85{}\u2028{}\u2029end".format, *[st.text("ab", min_size=1, max_size=60)] * 3),
    st.lists(st.sampled_from(["word", "another", "a: b", "- c", "d"]), max_size=60).map(" ".join),
)


def report_of(title: str, message: str) -> dict[str, Any]:
    named = resource("File[/a]", event(message=message, previous_value=title, desired_value=[message]), title=title)
    return {
        **SMALLEST,
        "logs": [{"level": "notice", "message": message, "source": title, "time": SMALLEST["time"]}],
        "resource_statuses": {f"File[{title}]": named["File[/a]"]},
    }


def both(body: bytes) -> tuple[Run, Run]:
    return run_of_yaml(read_yaml(body)), run_of_yaml(read_carefully(without_folds(body)))


@given(ODD_TEXT, ODD_TEXT)
def test_what_ruby_writes_is_read_back_by_both_ways(title: str, message: str) -> None:
    quick, careful = both((HEAD + emit(report_of(title, message))).encode())
    assert quick == careful
    assert quick.resources[0].title == title
    assert quick.resources[0].changes[0].message == (message or None)
    assert (quick.logs[0].source, quick.logs[0].message) == (title, message)


@pytest.mark.parametrize("text", ["\\a\u2028\u2028b, ", "\n\u2029a\u2029\u2029b: "])
def test_quoted_text_that_grows_as_it_is_read_is_read_once(text: str) -> None:
    quick, careful = both((HEAD + emit(report_of(text, text))).encode())
    assert quick.resources[0].title == careful.resources[0].title == text


@needs_corpus
@pytest.mark.corpus
def test_both_ways_read_every_real_report_alike() -> None:
    paths = sorted((CORPUS / "puppet" / "http").rglob("*.yaml"))
    small = [path for path in paths if path.stat().st_size < 200_000]
    assert len(small) > 150
    for path in small:
        quick, careful = both(path.read_bytes())
        assert quick == careful, path


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("status: &x failed", True),
        ("status: *x", True),
        ("- *x", True),
        ("status: ~", True),
        ("status: !binary |\n  ZmFpbGVk", True),
        ("message: cp *.log ~/ 2>&1 && true", False),
        ("minute: '*'", False),
    ],
)
def test_doubt_is_raised_by_what_rapidyaml_misreads(line: str, found: bool) -> None:
    assert is_doubtful(f"{HEAD}{line}\n".encode()) is found


@pytest.mark.parametrize(
    ("said", "meant"), [("!binary |\n  ZmFpbGVk", "failed"), ("~", None), ("!ruby/sym x", "x"), ("!!str '<<'", "<<")]
)
def test_odd_spelling_of_a_scalar_is_understood(said: str, meant: str | None) -> None:
    body = HEAD + emit(SMALLEST).replace("environment: production", f"environment: {said}")
    assert read_yaml(body.encode()).environment == meant


def test_alias_stands_for_its_anchor() -> None:
    body = HEAD + emit(SMALLEST).replace("status: unchanged", "status: &a failed").replace("production", "*a")
    assert read_yaml(body.encode()).environment == "failed"


def test_control_characters_do_not_need_the_slow_way() -> None:
    body = (HEAD + emit({**SMALLEST, "environment": "\x1b[31mred\x00\x07"})).encode()
    assert json_by_rapidyaml(body)
    assert read_yaml(body).environment == "\x1b[31mred\x00\x07"


def test_alias_bomb_is_refused_before_it_grows() -> None:
    bomb = HEAD + "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 20))
    with pytest.raises(UnreadableReport, match="more than"):
        read_yaml(bomb.encode())


@pytest.mark.parametrize("anchor", ["a: &a [*a]", "a: *nobody", "a: &a {b: *a}"])
def test_alias_of_itself_or_of_nothing_is_refused(anchor: str) -> None:
    with pytest.raises(UnreadableReport):
        read_yaml(f"{HEAD}{anchor}\n".encode())


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "a: [", "- [{a: "])
@pytest.mark.parametrize("depth", [DEEPEST + 1, 100_000])
def test_endless_nesting_is_refused(opening: str, depth: int) -> None:
    with pytest.raises(UnreadableReport):
        read_yaml(HEAD.encode() + opening.encode() * depth)


NO_REPORTS = b"""
---
hello
- a
5
{}
host: [
? [a]
host: a
%YAML 1.1
a: 'b
\t- a
\0
\xff\xfe
"""


@pytest.mark.parametrize("body", [b"", b"a: b\n---\nc: d\n", b"host: a\ntime: b\nlogs: 5\n", *NO_REPORTS.split(b"\n")])
def test_what_is_no_report_is_refused_in_words(body: bytes) -> None:
    with pytest.raises(UnreadableReport, match=r"YAML|empty|document|nothing|key"):
        read_yaml(body)


def test_line_that_is_only_a_separator_does_not_cost_the_report() -> None:
    body = (HEAD + emit(SMALLEST)).replace("environment: production", "environment: |-\n  a\n\u2028")
    assert read_yaml(body.encode()).status == "unchanged"


def test_byte_that_is_no_character_is_shown_as_one() -> None:
    body = (HEAD + emit(SMALLEST)).encode().replace(b"production", b"caf\xe9")
    assert read_yaml(body).environment == "caf\ufffd"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        assert read_yaml(HEAD.encode() + body).host is not None
    except UnreadableReport as refusal:
        assert str(refusal)


def test_event_reader_keeps_scalars_as_text() -> None:
    told = json.loads(json_by_events("a: 5\nb: 2026-02-30\nc: true\nd:\ne: ~\nf: '~'\ng: [1.50]\n"))
    assert told == {"a": "5", "b": "2026-02-30", "c": "true", "d": None, "e": None, "f": "~", "g": ["1.50"]}
