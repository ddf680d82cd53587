"""Environments are meant by their names, asked of a name alone and of the nodes in them alike."""

from __future__ import annotations

import pytest

from reports.rollups.tables import NodeState
from reports.search.language import parse
from reports.search.lookups import is_like
from reports.search.on_environments import READERS, condition_on_nodes_there, means_environment
from reports.search.query import WILD
from reports.search.subjects import ENVIRONMENTS
from tests.analysis.conftest import NOW, make_node

NASTY = "we <b>say</b> 100%_\\\u202e"
NAMES = ("production", "Pre-production", "staging", "", NASTY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", set(NAMES)),
        ("prod", {"production", "Pre-production"}),
        ("PROD*", {"production"}),
        ("env:prod*", {"production"}),
        ("env:production,staging", {"production", "staging"}),
        ("env:Production", set()),
        ("environment:p*n", {"production"}),
        ("-prod", {"staging", "", NASTY}),
        ('env:""', {""}),
        ('-env:""', {"production", "Pre-production", "staging", NASTY}),
        ("env:*%_*", {NASTY}),
        ("<b>", {NASTY}),
    ],
)
def test_a_query_means_the_same_environments_by_their_names_and_by_their_nodes(text: str, expected: set[str]) -> None:
    for number, name in enumerate(NAMES):
        make_node(f"node {number}", environment=name or None)
    query = parse(text, ENVIRONMENTS)
    assert {name for name in NAMES if means_environment(query, name)} == expected
    nodes = NodeState.objects.filter(condition_on_nodes_there(query, NOW))
    assert {node.environment or "" for node in nodes} == expected


def test_every_key_that_is_declared_is_read_and_no_other() -> None:
    assert {key.name for key in ENVIRONMENTS.keys} | {""} == READERS.keys()


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("a*", "a", True),
        ("a*a", "a", False),
        ("*b*", "abc", True),
        ("a*b*c", "a b b c", True),
        ("a*c*b*d", "abcd", False),
        ("*", "", True),
        ("**", "x\ny", True),
        ("a*bc", "abcbc", True),
        ("*a" * 900, "a" * 500, False),
    ],
)
def test_a_text_is_of_a_pattern_or_not_however_many_stars_it_has(pattern: str, text: str, expected: bool) -> None:
    assert is_like(pattern.replace("*", WILD), text) is expected
