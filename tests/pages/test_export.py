"""Lists as files: every row, in the order asked for, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reports.analysis.cells import to_cell
from reports.pages import export
from reports.pages.columns import Column
from reports.pages.table_file import write_csv, write_json
from reports.people.tables import Note
from reports.run import Outcome
from reports.store.ids import node_id, resource_id
from tests.api.conftest import NASTY, NOW, keep, tell_change, tell_run
from tests.pages.conftest import Reader

LISTS = ("nodes", "runs", "changes", "resources", "hotspots")
EACH = pytest.mark.parametrize("which", LISTS)


def get(reader: Reader, address: str) -> bytes:
    """The whole file, as it is sent piece by piece."""
    response = reader.client.get(address)
    assert response.status_code == 200, response.content
    assert response.streaming
    return b"".join(cast("Iterator[bytes]", response))


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def without_heat(row: dict[str, Any]) -> dict[str, Any]:
    """A row without what grows less while it is read."""
    return {name: value for name, value in row.items() if name != "heat"}


def of_api(reader: Reader, address: str) -> list[dict[str, Any]]:
    """All rows of a list as the API gives them, what is nested in them laid flat, and without notes; but with mutes."""
    answer = reader.client.get(f"/api/v1/{address}").json()
    flat = [{**row.pop("counts", {}), **row} for row in answer["results"]]
    return [{name: value for name, value in row.items() if name != "notes"} for row in flat]


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize(
    ("which", "query"),
    [
        ("nodes", "sort=-heat"),
        ("nodes", "status=failed,corrected"),
        ("runs", "sort=started_at"),
        ("changes", "cause=corrective,intended"),
        ("resources", "sort=-heat"),
        ("hotspots", "by=node"),
        ("hotspots", "by=resource"),
        ("hotspots", "by=environment"),
    ],
)
def test_a_file_holds_the_rows_of_the_api_in_the_same_order(reader: Reader, which: str, query: str) -> None:
    told = of_api(reader, f"{which}/?{query}")
    assert told
    window = "&window=all" if which in ("runs", "changes") else ""
    as_json = json.loads(get(reader, f"/{which}/export.json?{query}{window}"))
    assert len(as_json) == len(told)
    for row, expected in zip(as_json, told, strict=True):
        assert without_heat({name: row[name] for name in expected}) == without_heat(expected)
        assert (row.get("heat") or 0) == pytest.approx(expected.get("heat") or 0, rel=1e-3)
    cells = read_csv(get(reader, f"/{which}/export.csv?{query}{window}"))
    for line, row in zip(cells, as_json, strict=True):
        assert without_heat(line) == without_heat({name: str(to_cell(value)) for name, value in row.items()})


@pytest.mark.usefixtures("fleet")
def test_what_is_muted_is_in_the_file_with_its_end(reader: Reader) -> None:
    ends = NOW + timedelta(days=1)
    node, resource = node_id("main", "web-1"), resource_id("File", "/etc/motd")
    for about in ({"node_id": node}, {"resource_id": resource}, {"node_id": node, "resource_id": resource}):
        later = ends + timedelta(days=len(about) - 1)  # of the resource on one node, which counts for neither
        Note.objects.create(text="known", owner_name="ada", is_mute=True, expires_at=later, **about)
    for address, name in (
        ("nodes/export.json?q=site:main", "web-1"),
        ("resources/export.json", "File[/etc/motd]"),
        ("hotspots/export.json?site=main", "web-1"),
        ("hotspots/export.json?by=resource", "File[/etc/motd]"),
    ):
        rows = {row["name"]: row["muted_until"] for row in json.loads(get(reader, f"/{address}"))}
        assert rows.pop(name) == ends.isoformat().replace("+00:00", "Z"), address
        assert set(rows.values()) <= {None}, address
    assert [row["muted_until"] for row in json.loads(get(reader, "/hotspots/export.json?by=environment"))] == [None] * 2


@pytest.mark.usefixtures("fleet")
@EACH
def test_a_file_is_named_after_its_list_and_day_and_kept_nowhere_on_the_way(reader: Reader, which: str) -> None:
    for kind, content_type in (("csv", "text/csv; charset=utf-8"), ("json", "application/json")):
        response = reader.client.get(f"/{which}/export.{kind}")
        assert response["Content-Type"] == content_type
        assert response["Content-Disposition"] == f'attachment; filename="{which}-{NOW:%Y-%m-%d}.{kind}"'
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert reader.client.head(f"/{which}/export.{kind}").status_code == 200
        assert f"export.{kind}" in reader.open(f"/{which}/").links("export.")


@EACH
def test_an_empty_list_is_an_empty_file(reader: Reader, which: str) -> None:
    assert json.loads(get(reader, f"/{which}/export.json")) == []
    assert read_csv(get(reader, f"/{which}/export.csv")) == []


@EACH
def test_who_is_not_logged_in_gets_no_file(db: None, which: str) -> None:
    response = Client().get(f"/{which}/export.csv")
    assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/login/")


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize(
    "asked", ["nodes/export.csv?status=good", "runs/export.json?sort=x", "changes/export.csv?columns=x"]
)
def test_a_question_that_means_nothing_is_refused_before_anything_is_sent(reader: Reader, asked: str) -> None:
    assert "choose from" in reader.open(f"/{asked}", expected=400).text


@pytest.mark.usefixtures("fleet")
def test_the_address_says_which_columns_are_in_the_file(reader: Reader) -> None:
    (first, *_) = read_csv(get(reader, "/nodes/export.csv?columns=heat,name,site"))
    assert list(first) == ["name", "site", "heat"]


def test_nasty_text_comes_back_as_it_is(reader: Reader) -> None:
    lines = 'two\r\nlines, "quoted" \N{PILE OF POO}'
    keep(tell_run("nasty", NASTY, outcome=Outcome.CORRECTED, resources=(tell_change(lines, corrective=True),)))
    (row,) = read_csv(get(reader, "/changes/export.csv"))
    (told,) = of_api(reader, "changes/")
    assert (row["node"], row["title"], row["new"]) == (told["node"], told["title"], told["new"])
    assert lines in row["title"]
    assert json.loads(get(reader, "/changes/export.json"))[0]["title"] == told["title"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-web", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_a_name_that_a_spreadsheet_would_run_gets_an_apostrophe(reader: Reader, name: str) -> None:
    keep(tell_run("formula", name))
    (row,) = read_csv(get(reader, "/nodes/export.csv"))
    assert row["name"] == f"'{name}"
    assert json.loads(get(reader, "/nodes/export.json"))[0]["name"] == name


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (-3, -3),
        (0.5, 0.5),
        (None, ""),
        (True, "true"),
        (["=a", "b"], "'=a; b"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("a=b", "a=b"),
        ("'", "'"),
    ],
)
def test_numbers_stay_numbers_and_only_a_beginning_counts(value: Any, cell: object) -> None:  # noqa: ANN401
    assert to_cell(value) == cell


def test_a_long_list_comes_whole_in_batches_of_one_statement_each(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(*(tell_run(f"run {number}", "web-1", hours_ago=number / 60) for number in range(25)))
    monkeypatch.setattr(export, "BATCH", 4)
    with CaptureQueriesContext(connection) as made:
        rows = json.loads(get(reader, "/runs/export.json"))
    assert len({row["id"] for row in rows}) == 25
    of_runs = [query for query in made.captured_queries if ' FROM "run" ' in query["sql"]]
    assert len(of_runs) == 7
    assert all("LIMIT 5" in query["sql"] for query in of_runs)


def test_thousands_of_rows_are_written_as_they_are_read() -> None:
    taken = 0

    class Line:
        name = "x"

    def batches() -> Any:  # noqa: ANN401 - a generator
        nonlocal taken
        for _ in range(5):
            taken += 1
            yield (Line(),) * 500

    columns = (Column("name"),)
    pieces = write_csv(columns, batches())
    next(pieces)
    next(pieces)
    assert taken == 1, "the second batch is asked for when the first has been sent"
    assert sum(piece.count(b"\r\n") for piece in pieces) == 2000
    assert len(json.loads(b"".join(write_json(columns, batches())))) == 2500


def test_2500_nodes_are_all_there(reader: Reader) -> None:
    keep(*(tell_run(f"many {number}", f"n-{number:04}") for number in range(2500)))
    rows = read_csv(get(reader, "/nodes/export.csv?sort=-name"))
    assert [row["name"] for row in rows] == [f"n-{number:04}" for number in reversed(range(2500))]
