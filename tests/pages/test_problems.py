"""Pages for what went wrong."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError
from django.test import Client

from reports.pages import overview


def logged_in(*, raises: bool = True) -> Client:
    client = Client(raise_request_exception=raises)
    client.force_login(User.objects.create_user("ada"))
    return client


@pytest.mark.django_db
def test_an_address_without_a_page_says_so_in_style() -> None:
    answer = logged_in().get("/nowhere/<xss>/")
    assert answer.status_code == 404
    assert "<h1>Not found</h1>" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"), [("/nodes/never-seen/", 404), ("/people/", 403), ("/runs/?window=x", 400)]
)
def test_who_is_known_is_led_on_from_what_was_not_found_or_refused(address: str, status: int) -> None:
    answer = logged_in().get(address)
    text = answer.content.decode()
    assert answer.status_code == status
    assert 'aria-label="Main"' in text
    assert 'id="find"' in text
    assert "Log out" in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fault", "status", "title"),
    [
        (RuntimeError("words for the log"), 500, "Something broke"),
        (OperationalError("words for the log"), 503, "The database cannot be reached"),
        (InterfaceError("words for the log"), 503, "The database cannot be reached"),
    ],
)
def test_a_fault_is_a_page_that_needs_no_database(
    fault: Exception, status: int, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = logged_in(raises=False)

    def break_down(*_asked: object, **_more: object) -> None:
        raise fault

    monkeypatch.setattr(overview, "build_overview", break_down)
    answer = client.get("/")
    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in answer.content.decode()
    assert "words for the log" not in answer.content.decode()
    assert "Log out" not in answer.content.decode(), "who is there would have to be looked up"


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_with_what_to_do() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/login/", {"username": "ada", "password": "x"})
    assert answer.status_code == 403
    assert "load the page anew" in answer.content.decode()


@pytest.mark.django_db
def test_a_host_name_that_is_not_ours_is_refused() -> None:
    answer = Client(headers={"host": "evil.example"}).get("/login/")
    assert answer.status_code == 400
    assert "could not be understood" in answer.content.decode()
