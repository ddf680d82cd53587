"""The health check, and what every answer carries."""

from __future__ import annotations

from django.test import Client
from pytest_django import Settings


def test_health_answers_without_a_database_and_without_a_login(client: Client) -> None:
    response = client.get("/healthz")  # no django_db mark: touching the database would fail the test
    assert response.status_code == 200
    assert response.content == b"ok\n"


def test_health_asks_nobody_who_is_logged_in(client: Client, settings: Settings) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32  # looking it up would fail this test, too
    assert client.get("/healthz").status_code == 200


def test_health_answers_by_whatever_name_it_is_called(client: Client) -> None:
    assert client.get("/healthz", headers={"host": "10.1.2.3"}).status_code == 200


def test_pages_answer_only_to_names_that_are_ours(client: Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_every_answer_carries_the_strict_policy_and_its_length(client: Client) -> None:
    for path in ("/healthz", "/no-such-page"):
        response = client.get(path)
        policy = response["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert response["X-Frame-Options"] == "DENY"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert int(response["Content-Length"]) == len(response.content)
