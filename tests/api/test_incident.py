"""`/api/v1/incident/`."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.api.conftest import NOW, Reader, keep, tell_change, tell_run

pytestmark = pytest.mark.usefixtures("fleet")


def test_a_window_is_told_with_all_its_parts(reader: Reader) -> None:
    told = reader.get("incident/")
    assert told["matching_nodes"] == 6
    assert told["runs"]["outcomes"]["failed"] == 1
    assert told["runs"]["failed_nodes"] == 1
    assert {line["change"]["resource"] for line in told["changes"]} >= {"File[/etc/motd]", "Service[nginx]"}
    assert [failure["message"] for failure in told["failures"]] == ["it broke"]
    assert told["cut_off"] is not None
    assert told["next_cursor"] is None


def test_nodes_are_chosen_by_query_or_name_and_changes_by_kind(reader: Reader) -> None:
    assert reader.get("incident/", q="env:staging")["matching_nodes"] == 1
    assert reader.get("incident/", nodes="web-2\nquiet")["matching_nodes"] == 2
    failures = reader.get("incident/", only="failures")["changes"]
    assert [line["change"]["resource"] for line in failures] == ["Service[nginx]"]


def test_changes_are_paged(reader: Reader) -> None:
    keep(*(tell_run(f"n{n}", f"n-{n}", hours_ago=3 - n / 9, resources=(tell_change(f"f{n}"),)) for n in range(3)))
    window = {"since": (NOW - timedelta(hours=4)).isoformat(), "until": (NOW - timedelta(hours=2.5)).isoformat()}
    first = reader.get("incident/", 200, limit="2", **window)
    second = reader.get("incident/", 200, limit="2", cursor=first["next_cursor"], **window)
    titles = [line["change"]["title"] for line in (*first["changes"], *second["changes"])]
    assert titles == ["f0", "f1", "f2"]
    assert second["next_cursor"] is None
    assert second["previous_cursor"] is not None


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"since": "2026-01-01", "until": "2026-03-01"}, "14 days long at most"),
        ({"q": "weather:fine"}, "weather"),
        ({"only": "weather"}, "only"),
        ({"order": "sideways"}, "order"),
        ({"cursor": "x"}, "cursor"),
    ],
)
def test_what_means_nothing_is_refused(reader: Reader, asked: dict[str, str], sentence: str) -> None:
    assert sentence in reader.get("incident/", 400, **asked)["detail"]
