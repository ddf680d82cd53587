"""The language: what a text reads to, and what is said where it means nothing."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.errors import BadQuery
from reports.search.keys import Kind, Subject
from reports.search.language import parse, unknown_keys
from reports.search.query import WILD, Query, Sign, Term, Value
from reports.search.subjects import CHANGES, NODES, RESOURCES, RUNS

SUBJECTS = (NODES, RUNS, CHANGES, RESOURCES)
EXAMPLE = 'env:production tool:generic outcome:failed corrections:>3 resource:"File[/etc/*]" changed:<7d'


def one(text: str, subject: Subject = NODES) -> Term:
    (term,) = parse(text, subject).terms
    return term


def meaning(text: str, subject: Subject = NODES) -> object:
    (value,) = one(text, subject).values
    return value.meaning


def refused(text: str, subject: Subject = NODES) -> tuple[str, str]:
    """The words that an error points at, and what it says."""
    with pytest.raises(BadQuery) as caught:
        parse(text, subject)
    return text[caught.value.start : caught.value.end], str(caught.value)


def test_the_example_reads_to_its_six_terms() -> None:
    query = parse(EXAMPLE, NODES)
    assert [term.key for term in query.terms] == ["env", "tool", "status", "corrections", "resource", "changed"]
    assert [EXAMPLE[term.start : term.end] for term in query.terms] == EXAMPLE.split()


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.name)
def test_the_example_of_every_key_reads_as_that_key(subject: Subject) -> None:
    for key in subject.keys:
        term = one(key.example, subject)
        assert term.key == key.name
        assert str(term) == key.example


def test_nothing_at_all_is_a_query_that_everything_meets() -> None:
    assert parse(" \t\n", NODES) == Query()
    assert not parse("", NODES)


def test_a_bare_word_is_part_of_the_name_whether_in_quotes_or_not() -> None:
    assert one("web") == one('"web"') == Term("", (Value("web"),))
    assert one('"a name, with: all"').values == (Value("a name, with: all"),)


def test_a_minus_turns_a_term_round_and_is_part_of_a_name_elsewhere() -> None:
    assert one("-env:production").is_not
    assert one("-web").is_not
    assert one("web-1").values[0].pattern == "web-1"
    assert one('"-web"') == Term("", (Value("-web"),))


def test_a_comma_is_any_of_them_and_in_quotes_a_comma() -> None:
    assert [value.pattern for value in one("env:a,b").values] == ["a", "b"]
    assert [value.pattern for value in one('env:"a,b",c').values] == ["a,b", "c"]


def test_a_star_is_wild_unless_a_backslash_stands_before_it() -> None:
    assert one("name:web*").values[0].pattern == f"web{WILD}"
    assert one(r"name:web\*").values[0].pattern == "web*"
    assert one(r'name:"say \"no\" to C:\temp\\"').values[0].pattern == 'say "no" to C:\\temp\\'


@pytest.mark.parametrize("name", ["node", "host", "server", "certname", "minion", "client", "NAME"])
def test_a_node_goes_by_the_word_that_each_tool_has_for_it(name: str) -> None:
    assert one(f"{name}:web-1").key == "name"
    assert one(f"{name}:web-1", RUNS).key == "node"


@pytest.mark.parametrize("name", ["environment", "saltenv", "policy_group"])
def test_so_does_an_environment(name: str) -> None:
    assert one(f"{name}:production").key == "env"


def test_code_that_is_named_with_two_colons_is_a_name() -> None:
    assert one("profile::base") == Term("", (Value("profile::base"),))
    assert one("2001:db8::1") == Term("", (Value("2001:db8::1"),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("seen:>2h", timedelta(hours=2)),
        ("seen:<1h30m", timedelta(minutes=90)),
        ("seen:30m", timedelta(minutes=30)),
        ("seen:<1W", timedelta(days=7)),
        ("seen:>2026-11-01", date(2026, 11, 1)),
        ("seen:2026-11-01", date(2026, 11, 1)),
        ("seen:>=2026-11-01T14:30", datetime(2026, 11, 1, 14, 30, tzinfo=UTC)),
        ("seen:<2026-11-01T14:30+02:00", datetime(2026, 11, 1, 12, 30, tzinfo=UTC)),
        ("corrections:>=3", 3),
        ("heat:<0.5", 0.5),
        ("risk:>50", 0.5),
        ("risk:>7.5%", 0.075),
        ("status:Stale-Catalog", "stale_catalog"),
        ('status:"stale catalog"', "stale_catalog"),
        ('resource:"File[/etc/*]"', ("File", f"/etc/{WILD}")),
        ("resource:*[/etc/motd]", (WILD, "/etc/motd")),
        ("resource:Exec[a[0]]", ("Exec", "a[0]")),
        ("resource:File[*]", ("File", WILD)),
        ("resource:motd", ("", "motd")),
    ],
)
def test_a_value_is_read_as_its_key_takes_it(text: str, expected: object) -> None:
    assert meaning(text) == expected


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
        ("web enviroment:production", "enviroment", "There is no key enviroment for nodes; did you mean environment"),
        ("colour:red", "colour", "known are name, env,"),
        ("env:a -http://x", "http", "A name with a colon in it goes in quotes."),
        ("status:faild", "faild", "Did you mean failed?"),
        ("status:failed,gone", "gone", "status is one of failed, stale_catalog,"),
        ("corrections:>many", "many", "corrections is a whole number, as in corrections:>3."),
        ("corrections:>99999999999", "99999999999", "whole number"),
        ("corrections:\N{SUPERSCRIPT TWO}", "\N{SUPERSCRIPT TWO}", "whole number"),
        ("heat:>nan", "nan", "heat is a number"),
        ("risk:>101", "101", "from 0 to 100"),
        ("seen:<7", "7", "how long ago (30m, 2h, 7d)"),
        ("seen:<99999d", "99999d", "how long ago"),
        ("seen:>2026-13-01", "2026-13-01", "day or time"),
        ("seen:>9999-12-31", "9999-12-31", "day or time"),
        ("seen:2026-11-01T14:30Z", "2026-11-01T14:30Z", "Nothing is at one moment exactly"),
        ("env:>production", "env:>production", "neither more nor less"),
        ("corrections:>1,2", "2", "takes one value"),
        ("corrections>3", "corrections>3", "A colon stands after a key: write corrections:>3."),
        ("env=production", "env=production", "write env:production."),
        ("env: production", "env:", "A value is missing after env:"),
        ("env:a, b", "env:a,", "beside this comma"),
        ("env:,a", "env:", "beside this comma"),
        ("web -", "-", "A minus stands right before"),
        ('env:"production', '"production', "never closed"),
        ('env:pro"duction', 'env:pro"duction', "Quotes stand around a whole value"),
        ('""', '""', "nothing to look for"),
        ("web OR db", "OR", "write key:one,two"),
        ("web AND db", "AND", "leave AND out"),
        ("NOT web", "NOT", "a minus before it"),
        ("tool:*", "*", "a whole word, without *"),
        ("resource:File[/etc/my file]", "File[/etc/my", "in quotes where the title holds a space"),
        ("resource:File[*motd]", "File[*motd]", "Say how the title begins"),
        ("resource:*motd*", "*motd*", "A star goes into Type[title]"),
        ("resource:---", "---", "at least 2 letters or digits"),
        ("resource:a", "a", "write more of the word"),
    ],
)
def test_an_error_points_at_the_word_and_says_how_to_mend_it(text: str, word: str, said: str) -> None:
    pointed, sentence = refused(text)
    assert pointed == word
    assert said in sentence


def test_a_length_of_time_is_compared() -> None:
    assert meaning("took:>90s", RUNS) == timedelta(seconds=90)
    assert "write < or > before it" in refused("took:10m", RUNS)[1]


def test_a_query_may_be_long_but_not_endless() -> None:
    assert len(parse("a " * 50, NODES).terms) == 50
    assert "50 words" in refused("a " * 51)[1]
    assert "2,000 characters" in refused("a" * 2001)[1]


def test_a_subject_with_fewer_keys_knows_no_other() -> None:
    few = NODES.only("name", "env")
    assert one("host:web-1", few).key == "name"
    assert "known are name, env." in refused("changed:<7d", few)[1]


def test_keys_that_a_subject_does_not_know_are_told_as_they_were_written() -> None:
    assert unknown_keys("Took:>1h web env:x -noop:yes took:<2h Took:<2h", NODES) == ("Took", "noop", "took")


def test_no_word_leads_to_two_keys() -> None:
    for subject in SUBJECTS:
        words = [word for key in subject.keys for word in (key.name, *key.aliases)]
        assert len(words) == len(set(words)), subject.name


NASTY = st.text(alphabet=st.one_of(st.sampled_from('"\\*:,-<>= []\0\ud800\u202e'), st.characters()), max_size=40)
NAMES = st.sampled_from([key.name for subject in SUBJECTS for key in subject.keys] + ["", "nokey"])
WORDS = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "-"]),
    NAMES.map(lambda name: name and f"{name}:"),
    st.sampled_from(["", *Sign]),
    st.one_of(NASTY, st.sampled_from(["7d", "2026-11-01", "3", "failed", "yes", '"File[/etc/*]"', "a,b", "*"])),
)
TEXTS = st.one_of(NASTY, st.lists(WORDS, max_size=5).map(" ".join))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, subject=st.sampled_from(SUBJECTS))
def test_any_text_is_a_query_or_is_refused_within_the_text(text: str, subject: Subject) -> None:
    try:
        query = parse(text, subject)
    except BadQuery as error:
        assert 0 <= error.start <= error.end <= len(text)
        assert error.start < error.end
        assert str(error).endswith((".", "?"))
        return
    for term in query.terms:
        assert 0 <= term.start < term.end <= len(text)
        assert all(term.start <= value.start < value.end <= term.end for value in term.values)
    assert parse(str(query), subject) == query


PATTERNS = st.text(alphabet=st.one_of(st.sampled_from(f"{WILD}{string.punctuation} ab"), st.characters(codec="utf-8")))
PLAIN = [key for key in NODES.keys if key.kind is Kind.NAME]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pattern=PATTERNS.map(lambda text: text.replace("\0", WILD)), is_not=st.booleans())
def test_a_term_that_is_written_out_reads_the_same(pattern: str, is_not: bool) -> None:
    key = PLAIN[0].name
    query = Query((Term(key, (Value(pattern), Value("x")), is_not=is_not),))
    assert parse(str(query), NODES) == query
