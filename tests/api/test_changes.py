"""Changes over many runs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from reports.run import Cause, CauseSource
from reports.store.tables import Change, Resource
from tests.api.conftest import NASTY, NOW, Reader, keep, run_id, tell_change, tell_run

pytestmark = pytest.mark.usefixtures("fleet")


def test_changes_come_newest_first_with_their_run_and_node(reader: Reader) -> None:
    rows = reader.get("changes/", site="main")["results"]
    assert [row["at"] for row in rows] == sorted((row["at"] for row in rows), reverse=True)
    newest = rows[0]
    assert (newest["node"], newest["site"], newest["run_id"]) == (
        "rack/\N{LATIN SMALL LETTER U WITH DIAERESIS} 1", "main", str(run_id("rack")),
    )  # fmt: skip
    assert (newest["resource"], newest["status"]) == ("Service[nginx]", "failed")


def test_cause_source_and_reason_are_those_that_are_stored_in_the_list_and_in_the_run(reader: Reader) -> None:
    Change.objects.filter(run_id=run_id("web-1 drift"), ordinal=0).update(
        cause=Cause.REPEATED, cause_source=CauseSource.PRESUMED, reason="Changed in 12 of the last 12 runs."
    )
    listed = {(row["run_id"], row["resource"]): told(row) for row in reader.get("changes/")["results"]}
    stored = Change.objects.all()
    assert len(listed) == len(stored)
    titles = {resource.id: f"{resource.type}[{resource.title}]" for resource in Resource.objects.all()}
    for row in stored:
        source = CauseSource(row.cause_source).name.lower() if row.cause_source else None
        told_of = (Cause(row.cause).name.lower(), source, row.reason)
        assert listed[str(row.run_id), titles[row.resource_id]] == told_of
        story = reader.get(f"runs/{row.run_id}/")
        assert told(story["changes"][row.ordinal]) == told_of
    assert ("repeated", "presumed", "Changed in 12 of the last 12 runs.") in listed.values()


def told(change: dict[str, Any]) -> tuple[Any, ...]:
    """Why a change was needed, as the API tells it."""
    return change["cause"], change["cause_source"], change["reason"]


@pytest.mark.parametrize(
    ("query", "resources"),
    [
        ({"cause": "corrective"}, ["File[/etc/motd]", "File[/etc/motd]"]),
        ({"cause": "corrective", "site": "main"}, ["File[/etc/motd]"]),
        ({"cause": "corrective,intended", "node": "web-1", "site": "main"}, 3),
        ({"status": "failed"}, ["Service[nginx]"]),
        ({"status": "pending"}, []),
        ({"cause": "repeated"}, []),
        ({"cause": "intended", "status": "success", "since": (NOW - timedelta(hours=3)).isoformat()}, 1),
        ({"resource": "Service[nginx]"}, ["Service[nginx]"]),
        ({"resource": f"File[{NASTY}]"}, [f"File[{NASTY}]"] * 2),
        ({"resource": "File[/nowhere]"}, []),
        ({"until": (NOW - timedelta(hours=20)).isoformat()}, [f"File[{NASTY}]"]),
        ({"environment": "staging"}, []),
        ({"tool": "other"}, []),
    ],
)
def test_a_filter_leaves_what_it_says(reader: Reader, query: dict[str, str], resources: list[str] | int) -> None:
    found = reader.names("changes/", "resource", **query)
    assert found == resources or len(found) == resources


@pytest.mark.parametrize("title", ["a[b]", "]", "[", "", "a]b", "tab\tnewline\n", "nul\0", "50%", "a,b"])
def test_a_title_may_hold_any_character(reader: Reader, title: str) -> None:
    keep(tell_run("odd", "odd", resources=(tell_change(title),)))
    (row,) = reader.get("changes/", resource=f"File[{title}]")["results"]
    assert row["run_id"] == str(run_id("odd"))
    assert row["title"] == title.replace("\0", "\N{SYMBOL FOR NULL}")


@pytest.mark.parametrize("text", ["File", "File[", "[x]", "File[x] "])
def test_a_resource_that_is_none_is_refused_with_an_example(reader: Reader, text: str) -> None:
    detail = reader.get("changes/", expected=400, resource=text)["detail"]
    assert detail.startswith("resource: ")
    assert "Type[title]" in detail
