"""What a refused request is told."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from reports.api.errors import answer_error
from tests.api.conftest import Reader


def test_a_database_that_is_gone_is_a_503_that_says_so() -> None:
    answer = answer_error(OperationalError("server closed the connection"), {})
    assert answer is not None
    assert answer.status_code == 503
    assert "Retry-After" not in answer
    assert answer.data == {
        "detail": "The database cannot be reached. Reports are still taken in; ask again in a moment."
    }


def test_a_mistake_of_ours_is_left_to_the_log_and_its_trace() -> None:
    assert answer_error(ZeroDivisionError(), {}) is None


@pytest.mark.usefixtures("fleet")
def test_a_name_that_is_not_ours_is_never_put_into_an_address(reader: Reader) -> None:
    response = reader.client.get("/api/v1/nodes/", {"limit": "1"}, headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "FLEETVIEW_ALLOWED_HOSTS" in response.json()["detail"]


@pytest.mark.parametrize("path", ["no/such/path", "line%0Abreak", "nodes/a%0Ab"])
def test_any_other_path_is_missed_in_json(reader: Reader, path: str) -> None:
    assert "no such path" in reader.get(path, expected=404)["detail"]


def test_markup_in_a_name_comes_back_as_it_is_and_as_json(reader: Reader) -> None:
    name = "<script>alert(1)</script>"
    assert name in reader.get(f"nodes/{name}/", expected=404)["detail"]
    assert name in reader.get("runs/", expected=400, outcome=name)["detail"]
