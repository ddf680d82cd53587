"""The schema tells the truth: it is valid, complete, and every answer keeps to it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.management import call_command
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from reports.api.urls import urlpatterns
from tests.api.conftest import Reader, run_id

Schema = dict[str, Any]

ASKED = [
    "nodes/",
    "nodes/?limit=2",
    "nodes/web-1/?site=main",
    "nodes/new/",
    "nodes/quiet/",
    "runs/",
    "runs/?limit=2&outcome=failed,corrected,changed",
    "changes/",
    "resources/?name=File[/etc/motd]",
    "resources/?name=Service[nginx]&limit=1",
    "hotspots/?by=node",
    "hotspots/?by=resource",
    "intake/",
    *(f"runs/{run_id(word)}/" for word in ("web-1 drift", "web-1 clean", "rack", "under way")),
]


@pytest.fixture
def schema(reader: Reader) -> Schema:
    """The schema as a client gets it."""
    response = reader.client.get("/api/v1/schema/")
    assert response.status_code == 200
    return dict(response.json())


def find_operation(schema: Schema, path: str) -> Schema:
    """What the schema says of a GET of this path; a plain path goes before one with a name in it."""
    for pattern in sorted(schema["paths"], key=lambda pattern: "{" in pattern):
        if re.fullmatch(re.sub(r"\{\w+\}", ".+", pattern), path):
            return dict(schema["paths"][pattern]["get"])
    raise AssertionError(f"the schema knows no {path}")


def check(schema: Schema, path: str, status: int, answer: object) -> None:
    """Assert that the answer is what the schema says of this path and status, and nothing more."""
    said = find_operation(schema, path)["responses"][str(status)]["content"]["application/json"]["schema"]
    closed = close({"components": schema["components"], **said})
    Draft202012Validator(closed, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(answer)


def close(part: Any) -> Any:  # noqa: ANN401 - any JSON
    """The same schema, but for objects with named fields allowing no others."""
    if isinstance(part, list):
        return [close(one) for one in part]
    if not isinstance(part, dict):
        return part
    closed = {name: close(one) for name, one in part.items()}
    return closed | {"additionalProperties": False} if "properties" in part and "type" in part else closed


def test_the_schema_is_valid_and_made_without_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn")
    assert "openapi: 3.1.0" in capsys.readouterr().out


def test_the_served_schema_is_the_same_and_needs_no_foreign_host(schema: Schema) -> None:
    validate_schema(schema)  # type: ignore[no-untyped-call]
    assert schema["info"]["title"] == "Fleetview"


def test_every_path_of_the_read_api_is_in_it(schema: Schema) -> None:
    ours = {str(pattern.pattern) for pattern in urlpatterns} - {"schema/", "<any_text:rest>"}
    told = {path.removeprefix("/api/v1/") for path in schema["paths"]}
    assert told == {re.sub(r"<\w+:(\w+)>", r"{\1}", path) for path in ours}


def test_yaml_is_served_to_whoever_asks_for_it(reader: Reader) -> None:
    response = reader.client.get("/api/v1/schema/", headers={"Accept": "application/yaml"})
    assert response.content.startswith(b"openapi: 3.1.0")


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize("address", ASKED)
def test_an_answer_keeps_to_the_schema(reader: Reader, schema: Schema, address: str) -> None:
    response = reader.client.get("/api/v1/" + address)
    assert response.status_code == 200
    check(schema, "/api/v1/" + address.partition("?")[0], 200, response.json())


@pytest.mark.parametrize(
    ("address", "status"),
    [("nodes/x/", 404), ("runs/x/", 404), ("runs/?limit=0", 400), ("intake/?x=1", 400), ("runs/?q=x:y", 400)],
)
def test_a_refusal_keeps_to_the_schema(reader: Reader, schema: Schema, address: str, status: int) -> None:
    response = reader.client.get("/api/v1/" + address)
    assert response.status_code == status
    check(schema, "/api/v1/" + address.partition("?")[0], status, response.json())


def test_a_checker_that_lets_everything_pass_would_be_noticed(schema: Schema) -> None:
    with pytest.raises(Exception, match="'detail' is a required property"):
        check(schema, "/api/v1/runs/", 400, {})
    with pytest.raises(Exception, match="Additional properties are not allowed"):
        check(schema, "/api/v1/runs/", 400, {"detail": "x", "more": 1})


def test_a_path_that_is_none_says_where_the_paths_are(reader: Reader) -> None:
    assert "/api/v1/schema/" in reader.get("nodes", expected=404)["detail"]
    assert "/api/v1/schema/" in reader.get("node/x/y", expected=404)["detail"]
