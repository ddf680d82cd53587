"""Every key that runs and changes are searched by, against the database."""

from __future__ import annotations

import pytest

from reports.run import Cause, Outcome, Status
from reports.search import on_changes, on_runs
from reports.search.subjects import CHANGES, RUNS
from tests.analysis.conftest import make_node, make_run
from tests.search.fleet import changes, make_change, make_resource, runs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fleet() -> None:
    """Three runs on three nodes that differ in everything that is asked."""
    motd, nginx = make_resource("File", "/etc/motd"), make_resource("Package", "nginx")
    web = make_run(make_node("web-1"), "a", changed=3, corrective=2, outcome=Outcome.CORRECTED, code_version="4f2a9")
    api = make_run(
        make_node("web-2", site="lab"),
        "b",
        minutes_ago=3000,
        failed=1,
        outcome=Outcome.FAILED,
        environment=None,
        tool="two",
        duration_ms=600_000,
    )
    make_run(make_node("db"), "c", minutes_ago=60, outcome=None, duration_ms=None, noop=True, pending=4)
    make_change(web, motd, cause=Cause.CORRECTIVE, property="mode")
    make_change(web, nginx, cause=Cause.INTENDED, property="ensure", ordinal=1)
    make_change(api, make_resource("Service", "nginx"), status=Status.FAILED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "web-1 web-2 db"),
        ("WEB", "web-1 web-2"),
        ("node:web-1", "web-1"),
        ("node:nobody", ""),
        ("-node:web-*", "db"),
        ("env:production", "web-1 db"),
        ('env:""', "web-2"),
        ("site:lab", "web-2"),
        ("tool:two", "web-2"),
        ("-tool:two,three", "web-1 db"),
        ("outcome:failed", "web-2"),
        ("status:failed,corrected", "web-1 web-2"),
        ("outcome:unfinished", "db"),
        ("-outcome:failed", "web-1 db"),
        ("at:<1d", "web-1 db"),
        ("at:>1d", "web-2"),
        ("at:2026-11-21", "web-2"),
        ("took:>5m", "web-2"),
        ("took:<=2.5s", "web-1"),
        ("-took:>5m", "web-1 db"),
        ("failed:>0", "web-2"),
        ("failed:0", "web-1 db"),
        ("changed:>=3", "web-1"),
        ("pending:4", "db"),
        ("corrections:>1", "web-1"),
        ("corrections:<1", "web-2 db"),
        ("corrections:0,2", "web-1 web-2 db"),
        ("code:4f*", "web-1"),
        ('code:""', "web-2 db"),
        ("noop:yes", "db"),
        ("noop:no", "web-1 web-2"),
        ('resource:"File[/etc/*]"', "web-1"),
        ("resource:nginx", "web-1 web-2"),
        ('-resource:"Package[*]"', "web-2 db"),
        ("resource:nothing", ""),
    ],
)
def test_a_query_finds_the_runs_that_it_means(text: str, expected: str) -> None:
    assert runs(text) == set(expected.split())


FILE, PACKAGE, SERVICE = "File[/etc/motd]", "Package[nginx]", "Service[nginx]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {FILE, PACKAGE, SERVICE}),
        ("web-1", {FILE, PACKAGE}),
        ("node:web-2", {SERVICE}),
        ("env:production", {FILE, PACKAGE}),
        ("site:main", {FILE, PACKAGE}),
        ("tool:two", {SERVICE}),
        ("resource:nginx", {PACKAGE, SERVICE}),
        ("type:Package", {PACKAGE}),
        ("type:*e", {FILE, PACKAGE, SERVICE}),
        ("-type:P*", {FILE, SERVICE}),
        ("property:mode", {FILE}),
        ('property:""', {SERVICE}),
        ("cause:corrective", {FILE}),
        ("-cause:corrective,unknown", {PACKAGE}),
        ("status:failed", {SERVICE}),
        ("at:<1d", {FILE, PACKAGE}),
    ],
)
def test_a_query_finds_the_changes_that_it_means(text: str, expected: set[str]) -> None:
    assert changes(text) == expected


def test_every_key_that_is_declared_is_read_and_no_other() -> None:
    assert {key.name for key in RUNS.keys} | {""} == on_runs.READERS.keys()
    assert {key.name for key in CHANGES.keys} | {""} == on_changes.READERS.keys()


def test_many_nodes_are_not_listed_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_runs, "MOST_NODES", 1)
    assert runs("web") == {"web-1", "web-2"}
    assert runs("-web") == {"db"}
