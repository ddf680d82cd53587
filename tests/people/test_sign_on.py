"""Signing in by OpenID Connect, end to end against a provider that the test starts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from fleetview.single_sign_on import check_single_sign_on
from reports.people.claims import free_name, groups_told
from reports.people.roles import Role, role_of
from reports.people.tables import AuditEntry, Group, Person
from tests.people.provider import CLIENT, SECRET, Provider, make_key, run_provider


@pytest.fixture
def provider(db: None, settings: Settings) -> Iterator[Provider]:
    """A provider, and a Fleetview that is set up for it."""
    with run_provider() as running:
        settings.FLEETVIEW_OIDC_ISSUER = running.issuer
        settings.FLEETVIEW_OIDC_CLIENT_ID = CLIENT
        settings.FLEETVIEW_OIDC_CLIENT_SECRET = SECRET
        settings.FLEETVIEW_OIDC_NAME = "Example"
        yield running


def go(client: Client, address: str = "/login/sso/") -> str:
    """To the provider; where that sends the browser back to."""
    there = client.get(address)
    assert there.status_code == 302
    back = requests.get(there["Location"], allow_redirects=False, timeout=5)
    assert back.status_code == 302, back.text
    return back.headers["Location"]


def sign_in(client: Client, address: str = "/login/sso/") -> Any:  # noqa: ANN401 - the test client's own kind of answer
    """The whole way; the answer to the callback."""
    return client.get(go(client, address))


def assert_refused(client: Client, answer: Any, why: str, said: str) -> None:  # noqa: ANN401
    assert answer["Location"] == f"/login/?sso={why}"
    assert client.get("/").status_code == 302, "nobody is logged in"
    assert said in client.get(answer["Location"]).content.decode()


def person(name: str = "ada") -> User:
    return User.objects.get(username=name)


def test_somebody_new_signs_in_and_is_a_viewer(client: Client, provider: Provider) -> None:
    assert "Sign in with Example" in client.get("/login/?next=/runs/").content.decode()
    assert sign_in(client, "/login/sso/?next=/runs/")["Location"] == "/runs/"
    assert client.get("/runs/").status_code == 200
    assert client.session.get_expiry_age() == 12 * 3600, "so that roles and groups are told anew"
    ada = person()
    assert role_of(ada) is Role.VIEWER
    assert (ada.email, ada.has_usable_password()) == ("", False)
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.person, entry.detail) == ("login", "ada", {"by": "single sign-on"})


def test_what_is_asked_of_the_provider_is_bound_to_this_browser(client: Client, provider: Provider) -> None:
    there = client.get("/login/sso/")["Location"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}
    assert asked["code_challenge_method"] == "S256"
    assert set(asked["scope"].split()) == {"openid", "profile"}
    assert asked["redirect_uri"] == "http://testserver/login/sso/callback/"
    back = go(client)
    assert_refused(Client(), Client().get(back), "failed", "Signing in did not work")
    assert client.get(back)["Location"] == "/"
    assert client.get(back)["Location"] == "/login/?sso=failed", "a code is good once"


def test_nothing_of_the_provider_is_kept_but_who_it_is(client: Client, provider: Provider) -> None:
    provider.claims |= {"email": "ada@example.net", "email_verified": True, "name": "Ada L"}
    sign_in(client)
    account = SocialAccount.objects.get()
    assert (account.uid, account.extra_data, account.user) == ("u-1", {}, person())
    assert not EmailAddress.objects.exists()
    assert not SocialToken.objects.exists()


def test_the_same_person_comes_back_by_any_name(client: Client, provider: Provider) -> None:
    sign_in(client)
    provider.claims["preferred_username"] = "lovelace"
    assert sign_in(Client())["Location"] == "/"
    assert User.objects.count() == 1


def test_nobody_becomes_somebody_who_is_there_already(client: Client, provider: Provider) -> None:
    User.objects.create_superuser("Ada", "ada@example.net")
    provider.claims |= {"email": "ada@example.net", "email_verified": True}
    sign_in(client)
    assert role_of(person("ada-2")) is Role.VIEWER
    assert client.get("/people/").status_code == 403


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (["staff"], Role.VIEWER),
        (["ops", "staff"], Role.OPERATOR),
        (["ops", "bosses"], Role.ADMIN),
        ("bosses", Role.ADMIN),
    ],
)
def test_groups_give_a_role_anew_each_time(
    client: Client, provider: Provider, settings: Settings, groups: object, role: Role
) -> None:
    settings.FLEETVIEW_OIDC_OPERATOR_GROUPS = ["ops"]
    settings.FLEETVIEW_OIDC_ADMIN_GROUPS = ["bosses"]
    provider.claims["groups"] = groups
    sign_in(client)
    assert role_of(person()) is role
    provider.claims["groups"] = []
    sign_in(Client())
    assert role_of(person()) is Role.VIEWER


def test_without_groups_for_roles_a_role_is_given_here(client: Client, provider: Provider) -> None:
    sign_in(client)
    Person.objects.update(role="operator")
    sign_in(Client())
    assert role_of(person()) is Role.OPERATOR


def test_only_who_is_in_an_allowed_group_comes_in(client: Client, provider: Provider, settings: Settings) -> None:
    settings.FLEETVIEW_OIDC_ALLOWED_GROUPS = ["fleet"]
    assert_refused(client, sign_in(client), "not-allowed", "none of your groups may use Fleetview")
    assert not User.objects.exists()
    provider.claims["groups"] = ["fleet"]
    assert sign_in(client)["Location"] == "/"


def test_groups_are_joined_and_left_as_the_provider_tells(
    client: Client, provider: Provider, settings: Settings
) -> None:
    settings.FLEETVIEW_OIDC_JOIN_GROUPS = True
    for name in ("shop", "bank"):
        Group.objects.create(name=name)
    provider.claims["groups"] = ["shop", "elsewhere"]
    sign_in(client)
    provider.claims["groups"] = ["bank"]
    sign_in(Client())
    assert [group.name for group in Group.objects.filter(members=person())] == ["bank"]


def test_who_would_be_in_no_group_is_not_let_in_to_see_everything(
    client: Client, provider: Provider, settings: Settings
) -> None:
    settings.FLEETVIEW_OIDC_JOIN_GROUPS = True
    settings.FLEETVIEW_OIDC_ADMIN_GROUPS = ["bosses"]
    provider.claims["groups"] = ["elsewhere"]
    assert_refused(client, sign_in(client), "no-group", "none of your groups is known to Fleetview")
    provider.claims["groups"] = ["bosses"]
    assert sign_in(client)["Location"] == "/"


def test_a_closed_login_stays_closed(client: Client, provider: Provider) -> None:
    sign_in(client)
    User.objects.update(is_active=False)
    fresh = Client()
    assert_refused(fresh, sign_in(fresh), "closed", "This login is closed")


def test_who_cancels_is_told_so(client: Client, provider: Provider) -> None:
    provider.denies = True
    assert_refused(client, sign_in(client), "cancelled", "Signing in was cancelled")


@pytest.mark.parametrize(
    "wrong",
    [{"aud": "another"}, {"iss": "https://evil.example"}, {"exp": 1}, {"sub": None}, {"iat": None}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_token_that_is_not_for_us_opens_nothing(client: Client, provider: Provider, wrong: dict[str, Any]) -> None:
    provider.token = wrong
    if None in wrong.values():
        provider.claims.pop("sub")
    assert_refused(client, sign_in(client), "failed", "Signing in did not work")
    assert not User.objects.exists()


def test_a_token_that_somebody_else_signed_opens_nothing(client: Client, provider: Provider) -> None:
    provider.signs_with = make_key()
    assert_refused(client, sign_in(client), "failed", "Signing in did not work")


def test_a_provider_that_tells_of_somebody_else_is_not_believed(client: Client, provider: Provider) -> None:
    provider.userinfo = {"sub": "u-2"}
    assert_refused(client, sign_in(client), "failed", "Signing in did not work")


def test_a_provider_that_goes_by_another_name_is_not_asked(client: Client, provider: Provider) -> None:
    provider.says_issuer = "https://evil.example"
    assert client.get("/login/sso/")["Location"] == "/login/?sso=unreachable"


def test_a_provider_that_does_not_answer_is_said(client: Client, provider: Provider, settings: Settings) -> None:
    back = go(client)
    settings.FLEETVIEW_OIDC_ISSUER = "http://127.0.0.1:9"
    assert client.get("/login/sso/")["Location"] == "/login/?sso=unreachable"
    assert_refused(client, client.get(back), "unreachable", "does not answer")


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_host(client: Client, provider: Provider, there: str) -> None:
    assert sign_in(client, f"/login/sso/?next={there}")["Location"] == "/"


def test_nothing_else_of_the_address_is_passed_on(client: Client, provider: Provider) -> None:
    there = client.get("/login/sso/?process=connect&scope=admin&auth_params=prompt%3Dnone&action=reauthenticate")
    assert "admin" not in there["Location"]
    assert "prompt" not in there["Location"]


def test_where_passwords_are_off_there_is_no_form_and_none_is_taken(
    client: Client, provider: Provider, settings: Settings
) -> None:
    settings.FLEETVIEW_OIDC_ONLY = True
    User.objects.create_user("eve", password="correct horse battery")
    assert 'name="password"' not in client.get("/login/").content.decode()
    assert client.post("/login/", {"username": "eve", "password": "correct horse battery"}).status_code == 403


def test_where_it_is_not_set_up_there_is_nothing_of_it(client: Client, db: None) -> None:
    assert "Sign in with" not in client.get("/login/?sso=nonsense").content.decode()
    with CaptureQueriesContext(connection) as made:
        assert client.get("/login/sso/").status_code == 404
        assert client.get("/login/sso/callback/?code=1").status_code == 404
    assert len(made) == 0


@pytest.mark.parametrize("path", ["/accounts/login/", "/login/cancelled/", "/signup/", "/social/connections/"])
def test_no_page_of_allauth_is_there(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("claims", "claim", "found"),
    [
        ({"groups": ["a", 1, None]}, "groups", {"a"}),
        ({"realm_access": {"roles": ["a"]}}, "realm_access.roles", {"a"}),
        ({"https://x.example/groups": ["a"]}, "https://x.example/groups", {"a"}),
        ({"groups": {"a": 1}}, "groups", set()),
        ({}, "realm_access.roles", set()),
        ({"groups": 7}, "groups", set()),
    ],
)
def test_groups_are_found_however_a_provider_tells_them(claims: dict[str, Any], claim: str, found: set[str]) -> None:
    assert groups_told(claims, claim) == found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "name"),
    [("ada", "ada-3"), ("<b>x</b>\u202e", "b-x-b"), ("\x00", "person"), ("x" * 300, "x" * 120), ("ADA", "ADA-3")],
)
def test_a_name_is_made_that_nobody_has(told: str, name: str) -> None:
    User.objects.create_user("ada")
    User.objects.create_user("Ada-2")
    assert free_name({"preferred_username": told}) == name


@pytest.mark.parametrize(
    ("issuer", "client_id", "is_only", "said"),
    [
        ("", "", True, "FLEETVIEW_OIDC_ONLY needs"),
        ("https://id.example", "", False, "FLEETVIEW_OIDC_CLIENT_ID"),
        ("http://id.example", "x", False, "https://"),
        ("id.example", "x", False, "https://"),
    ],
)
def test_settings_that_make_no_sense_stop_the_start(issuer: str, client_id: str, is_only: bool, said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=said):
        check_single_sign_on(issuer, client_id, is_only=is_only)
    check_single_sign_on("", "", is_only=False)
    check_single_sign_on("http://127.0.0.1:1", "x", is_only=True)
