"""Wrong passwords are slowed down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from reports.people.slowing import FREE_OF_ADDRESS, FREE_OF_NAME, seconds_to_wait
from reports.people.tables import AuditEntry

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
PASSWORD = "correct horse battery"


def fail(name: str, address: str = "192.0.2.1", *, times: int = 1, seconds_ago: float = 1) -> None:
    """So many wrong passwords."""
    at = NOW - timedelta(seconds=seconds_ago)
    for _ in range(times):
        AuditEntry.objects.create(at=at, act="login.failed", subject=name, address=address)


@pytest.mark.django_db
def test_the_first_few_cost_nothing() -> None:
    fail("ada", times=FREE_OF_NAME - 1)
    assert seconds_to_wait("ada", "192.0.2.1", now=NOW) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("more", "seconds"), [(0, 1), (1, 3), (2, 7), (5, 59), (50, 59)])
def test_each_more_doubles_the_wait_up_to_a_minute(more: int, seconds: int) -> None:
    fail("ada", times=FREE_OF_NAME + more)
    assert seconds_to_wait("ada", "198.51.100.7", now=NOW) == seconds
    assert seconds_to_wait("eve", "198.51.100.7", now=NOW) == 0


@pytest.mark.django_db
def test_an_address_that_guesses_at_many_names_waits_too() -> None:
    for number in range(FREE_OF_ADDRESS):
        fail(f"name {number}")
    assert seconds_to_wait("somebody", "192.0.2.1", now=NOW) == 1
    assert seconds_to_wait("somebody", "192.0.2.2", now=NOW) == 0
    assert seconds_to_wait("somebody", None, now=NOW) == 0


@pytest.mark.django_db
def test_it_is_forgotten_after_a_while() -> None:
    fail("ada", times=40, seconds_ago=901)
    assert seconds_to_wait("ada", "192.0.2.1", now=NOW) == 0


@pytest.mark.django_db
def test_a_try_that_comes_too_early_is_not_looked_at_and_not_counted(client: Client) -> None:
    User.objects.create_user("ada", password=PASSWORD)
    wrong = {"username": "ada", "password": "nonsense"}
    for _ in range(FREE_OF_NAME):
        assert client.post("/login/", wrong).status_code == 200
    AuditEntry.objects.update(at=datetime.now(UTC))  # however long the tries took
    answer = client.post("/login/", {"username": "ada", "password": PASSWORD})
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 2
    assert "Too many wrong passwords" in answer.content.decode()
    assert AuditEntry.objects.filter(act="login.failed").count() == FREE_OF_NAME
    AuditEntry.objects.update(at=datetime.now(UTC) - timedelta(minutes=1))
    assert client.post("/login/", {"username": "ada", "password": PASSWORD}).status_code == 302
