"""Changes over many runs."""

from __future__ import annotations

from datetime import timedelta

import pytest

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


@pytest.mark.parametrize(
    ("query", "resources"),
    [
        ({"cause": "corrective"}, ["File[/etc/motd]", "File[/etc/motd]"]),
        ({"cause": "corrective", "site": "main"}, ["File[/etc/motd]"]),
        ({"cause": "corrective,intended", "node": "web-1", "site": "main"}, 3),
        ({"status": "failed"}, ["Service[nginx]"]),
        ({"status": "pending"}, []),
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
