"""`/api/v1/briefs/`: the archive as JSON, and the documents as they are."""

from __future__ import annotations

import pytest

from tests.api.conftest import NOW, Reader
from tests.weekly.kept import FAILED, MADE, WAITING, keep_briefs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _briefs() -> None:
    keep_briefs(NOW)


def test_the_archive_is_listed_newest_first(reader: Reader) -> None:
    assert reader.names("briefs/", "id") == [MADE, WAITING, FAILED]
    assert reader.names("briefs/", "id", state="being made") == [WAITING]
    assert reader.names("briefs/", "id", kind="incident") == []
    assert "'x' is not one of" in reader.get("briefs/", 400, state="x")["detail"]
    first = reader.get("briefs/", 200, limit="1")
    assert first["next"] and len(first["results"]) == 1


def test_one_brief_tells_how_its_mails_stand(reader: Reader) -> None:
    told = reader.get(f"briefs/{MADE}/")
    assert (told["week"], told["state"], told["asked_by"], told["is_scheduled"]) == ("2026-W47", "made", "ops", True)
    assert {mail["state"]: mail["last_error"] for mail in told["mails"]}["failed"] == "451 4.7.1 greylisted <b>"
    for wrong in ("1", "x", "9" * 30):
        reader.get(f"briefs/{wrong}/", 404)


def test_documents_come_as_they_are(reader: Reader) -> None:
    for kind, content_type, ending in (
        ("pdf", "application/pdf", "pdf"),
        ("json", "application/json", "json"),
        ("csv", "application/zip", "csv.zip"),
    ):
        answer = reader.client.get(f"/api/v1/briefs/{MADE}/{kind}/")
        assert (answer.status_code, answer["Content-Type"]) == (200, content_type)
        assert answer["Content-Disposition"] == f'attachment; filename="fleetview-2026-W47.{ending}"'
        assert answer["X-Content-Type-Options"] == "nosniff"
    reader.get(f"briefs/{WAITING}/pdf/", 404)
    reader.get(f"briefs/{MADE}/doc/", 404)
    reader.get(f"briefs/{MADE}/pdf/", 400, page="1")


def test_the_api_orders_nothing(reader: Reader) -> None:
    assert reader.client.post("/api/v1/briefs/", {}).status_code == 405
