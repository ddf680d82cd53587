"""Who may read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from reports.intake.tables import Token
from tests.api.conftest import Reader, make_token


def ask(authorization: str | None = None) -> Any:  # noqa: ANN401 - the test client's own kind of answer
    headers = {} if authorization is None else {"Authorization": authorization}
    return Client(headers=headers).get("/api/v1/nodes/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "authorization",
    [None, "Bearer nobody", "Bearer", "Bearer a b", "Bearer \xff", "Basic YTpi", "Token may-read", ""],
)
def test_without_a_known_token_nothing_is_read(authorization: str | None) -> None:
    make_token("may-read")
    response = ask(authorization)
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert set(response.json()) == {"detail"}


def test_a_read_token_reads(reader: Reader) -> None:
    assert reader.get("nodes/") == {"next": None, "previous": None, "results": []}


def test_a_person_who_is_logged_in_reads(person: Client) -> None:
    assert person.get("/api/v1/nodes/").status_code == 200


@pytest.mark.django_db
def test_a_send_token_is_known_and_may_not_read() -> None:
    make_token("may-send", scope="send", name="puppetserver")
    response = ask("Bearer may-send")
    assert response.status_code == 403
    assert "--scope read" in response.json()["detail"]


@pytest.mark.django_db
def test_an_expired_token_reads_nothing() -> None:
    make_token("was-good", expires_at=timezone.now() - timedelta(seconds=1))
    make_token("still-good", expires_at=timezone.now() + timedelta(hours=1))
    assert ask("Bearer was-good").status_code == 401
    assert ask("Bearer still-good").status_code == 200


@pytest.mark.django_db
def test_a_revoked_token_reads_nothing() -> None:
    make_token("gone", revoked_at=timezone.now())
    assert ask("Bearer gone").status_code == 401


@pytest.mark.django_db
def test_a_token_in_the_address_is_no_credential() -> None:
    make_token("may-read")
    assert Client().get("/api/v1/nodes/?token=may-read").status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["nodes/x/", "runs/", "runs/x/", "changes/", "hotspots/", "intake/", "schema/", "no/"])
def test_every_path_asks_who_is_there(path: str) -> None:
    assert Client().get(f"/api/v1/{path}").status_code == 401


def test_what_is_not_a_get_is_refused_in_words(reader: Reader) -> None:
    response = reader.client.post("/api/v1/nodes/", {"name": "x"})
    assert response.status_code == 405
    assert "GET" in response["Allow"]
    assert set(response.json()) == {"detail"}


def test_a_head_is_answered_like_a_get_without_its_body(reader: Reader) -> None:
    response = reader.client.head("/api/v1/nodes/")
    assert (response.status_code, response.content) == (200, b"")
    assert int(response["Content-Length"]) > 0


@pytest.mark.django_db
def test_the_use_of_a_read_token_is_remembered_once_a_minute() -> None:
    token = make_token("may-read")
    assert ask("Bearer may-read").status_code == 200
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None and timezone.now() - first < timedelta(seconds=30)
    ask("Bearer may-read")
    token.refresh_from_db()
    assert token.last_used_at == first
    Token.objects.update(last_used_at=first - timedelta(seconds=61))
    ask("Bearer may-read")
    token.refresh_from_db()
    assert token.last_used_at >= first


@pytest.mark.django_db
def test_a_token_for_a_sender_belongs_to_nobody() -> None:
    ada = User.objects.create_user("ada")
    with pytest.raises(IntegrityError, match="token_owner_reads"):
        make_token("may-send", scope="send", owner=ada)
