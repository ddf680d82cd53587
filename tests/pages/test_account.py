"""One's own account."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.pages.conftest import Reader

PASSWORD = "correct horse battery"


@pytest.fixture
def ada(db: None) -> Client:
    client = Client()
    User.objects.create_user("ada", password=PASSWORD)
    client.post("/login/", {"username": "ada", "password": PASSWORD})
    return client


def test_it_says_who_one_is_and_what_one_sees(ada: Client) -> None:
    text = ada.get("/account/").content.decode()
    assert "viewer" in text
    assert "the whole fleet: 0 nodes" in text


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", "another long one", "another long one", "incorrect"),
        (PASSWORD, "tiny", "tiny", "too short"),
        (PASSWORD, "another long one", "another one", "match"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_words(
    ada: Client, old: str, new: str, again: str, said: str
) -> None:
    answer = ada.post("/account/", {"old_password": old, "new_password1": new, "new_password2": again})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert new not in answer.content.decode()


def test_who_signs_in_elsewhere_has_no_password_here(reader: Reader) -> None:
    User.objects.filter(username="ada").update(password="!")
    reader.client.force_login(User.objects.get(username="ada"))
    assert "there is no password here" in reader.open("/account/").text
    assert reader.client.post("/account/", {}).status_code == 400


def test_other_browsers_are_logged_out_and_this_one_is_not(ada: Client) -> None:
    other = Client()
    other.post("/login/", {"username": "ada", "password": PASSWORD})
    assert other.get("/account/").status_code == 200
    assert ada.post("/account/elsewhere/")["Location"] == "/account/?done=elsewhere"
    assert ada.get("/account/?done=elsewhere").status_code == 200
    assert other.get("/account/").status_code == 302
