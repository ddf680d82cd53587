"""Nobody sees a page before it is known who they are."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

PASSWORD = "correct horse battery"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/nodes/", "/nodes/a/", "/runs/", "/intake/", "/nowhere/"])
def test_a_page_leads_a_stranger_to_the_login_and_no_further(client: Client, address: str) -> None:
    response = client.get(address)
    if address == "/nowhere/":
        assert response.status_code == 404
        assert "Not found" in response.content.decode()
    else:
        assert response["Location"] == f"/login/?next={address}"


@pytest.mark.django_db
def test_the_right_password_leads_back_to_where_one_wanted_to_go(client: Client) -> None:
    User.objects.create_user("ada", password=PASSWORD)
    answer = client.post("/login/", {"username": "ada", "password": PASSWORD, "next": "/runs/?window=30"})
    assert answer["Location"] == "/runs/?window=30"
    assert client.get("/runs/").status_code == 200


@pytest.mark.django_db
def test_a_wrong_password_says_no_more_than_that(client: Client) -> None:
    User.objects.create_user("ada", password=PASSWORD)
    pages = [
        client.post("/login/", {"username": name, "password": "wrong"}).content.decode().replace(name, "NAME")
        for name in ("ada", "bob")
    ]
    assert "do not belong together" in pages[0]
    strip = [page[page.index("<h1>") :].partition('name="next"')[0] for page in pages]
    assert strip[0] == strip[1]


@pytest.mark.django_db
def test_nobody_is_sent_to_another_host_after_the_login(client: Client) -> None:
    User.objects.create_user("ada", password=PASSWORD)
    answer = client.post("/login/", {"username": "ada", "password": PASSWORD, "next": "https://evil.example/"})
    assert answer["Location"] == "/"


@pytest.mark.django_db
def test_only_a_form_logs_out(client: Client) -> None:
    client.force_login(User.objects.create_user("ada"))
    assert client.get("/logout/").status_code == 405
    assert client.get("/").status_code == 200
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/").status_code == 302
