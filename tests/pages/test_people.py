"""People, their roles and logins, as admins manage them."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from reports.people.roles import Role, role_of
from reports.people.tables import AuditEntry, Group, Person
from tests.api.conftest import NASTY
from tests.pages.conftest import Reader, open_as

PASSWORD = re.compile(r'<pre class="lines">(\S+)</pre>')
FORMS = ["/people/1/role/", "/people/1/active/", "/people/1/password/", "/groups/1/delete/"]


def post(reader: Reader, address: str, expected: int, **form: str) -> str:
    answer = reader.client.post(address, form)
    assert answer.status_code == expected, answer.content.decode()
    return answer.content.decode()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR])
@pytest.mark.parametrize("address", ["/people/", "/groups/", "/groups/new/", "/groups/1/", "/groups/preview/"])
def test_only_admins_see_people_and_groups(db: None, address: str, role: Role) -> None:
    seen = open_as("ada", role).open(address, expected=403)
    assert f"This takes the role admin; yours is {role}." in seen.text


@pytest.mark.parametrize("address", [*FORMS, "/people/", "/groups/new/"])
def test_only_admins_change_them(operator: Reader, address: str) -> None:
    post(operator, address, 403, name="x", role="admin")
    assert not User.objects.filter(username="x").exists()


@pytest.mark.parametrize("address", FORMS)
def test_only_a_form_changes_anything(admin: Reader, address: str) -> None:
    assert admin.client.get(address).status_code == 405


def test_somebody_is_added_and_has_to_choose_a_password_first(admin: Reader) -> None:
    found = PASSWORD.search(post(admin, "/people/", 200, name="eve", role="operator"))
    assert found
    assert found[1] not in admin.open("/people/").html
    eve = Client()
    assert eve.post("/login/", {"username": "eve", "password": found[1]}).status_code == 302
    assert eve.get("/nodes/")["Location"] == "/account/"
    assert "opens nothing but this page" in eve.get("/account/").content.decode()
    new = "something of my own"
    form = {"old_password": found[1], "new_password1": new, "new_password2": new}
    assert eve.post("/account/", form)["Location"] == "/account/?done=password"
    assert eve.get("/nodes/").status_code == 200
    assert list(AuditEntry.objects.order_by("id").values_list("act", "person", "subject")) == [
        ("person.added", "root", "eve"),
        ("login", "eve", "eve"),
        ("person.password", "eve", "eve"),
    ]
    assert found[1] not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize("name", ["", "root", "ROOT <b>", "x" * 151, "a\x00b"])
def test_a_name_that_will_not_do_is_refused_in_words(admin: Reader, name: str) -> None:
    assert 'role="alert"' in post(admin, "/people/", 400, name=name, role="viewer")
    assert User.objects.count() == 1


def test_a_role_that_there_is_not_is_refused(admin: Reader) -> None:
    assert "there is no role king" in post(admin, "/people/", 400, name="eve", role="king")


def test_a_role_holds_from_the_next_request_on(admin: Reader) -> None:
    eve = open_as("eve", Role.ADMIN)
    user = User.objects.get(username="eve")
    assert eve.open("/people/").status == 200
    post(admin, f"/people/{user.pk}/role/", 302, role="viewer")
    eve.open("/people/", expected=403)


def test_a_superuser_who_is_made_a_viewer_is_one(admin: Reader) -> None:
    user = User.objects.create_superuser("boss")
    assert role_of(user) is Role.ADMIN
    post(admin, f"/people/{user.pk}/role/", 302, role="viewer")
    assert role_of(User.objects.get(pk=user.pk)) is Role.VIEWER


@pytest.mark.parametrize("what", ["role", "active", "password"])
def test_nobody_changes_their_own(admin: Reader, what: str) -> None:
    """So there is always an admin left."""
    me = User.objects.get(username="root")
    assert "Nobody changes their own" in post(admin, f"/people/{me.pk}/{what}/", 400, role="viewer", active="no")


def test_a_closed_login_is_out_at_once_and_can_be_opened_again(admin: Reader) -> None:
    eve = open_as("eve", Role.VIEWER)
    user = User.objects.get(username="eve")
    post(admin, f"/people/{user.pk}/active/", 302, active="no")
    assert eve.client.get("/").status_code == 302
    assert "closed" in admin.open("/people/").text
    post(admin, f"/people/{user.pk}/active/", 302, active="yes")
    assert eve.client.get("/").status_code == 302, "its sessions have ended"
    assert list(AuditEntry.objects.values_list("act", flat=True)) == ["person.deactivated", "person.activated"]


def test_a_new_password_ends_the_old_one_and_all_sessions(admin: Reader) -> None:
    user = User.objects.create_user("eve", password="correct horse battery")
    eve = open_as("eve", Role.VIEWER)
    found = PASSWORD.search(post(admin, f"/people/{user.pk}/password/", 200))
    assert found
    assert eve.client.get("/").status_code == 302
    assert User.objects.get(pk=user.pk).check_password(found[1])


def test_people_are_listed_with_groups_and_found_by_a_part_of_the_name(admin: Reader) -> None:
    user = User.objects.create_user("eve")
    Group.objects.create(name=NASTY).members.add(user)
    seen = admin.open("/people/?search=EV")
    assert "eve" in seen.text
    assert "root you" not in seen.text
    assert "U+202E" in seen.text
    assert "b" not in seen.tags()
    assert "Nobody is called so" in admin.open("/people/?search=nobody").text


def test_nobody_is_there_for_a_number_that_nobody_has(admin: Reader) -> None:
    assert "There is no such person" in post(admin, "/people/99999/role/", 404, role="viewer")


@pytest.mark.django_db
def test_a_command_gives_a_role() -> None:
    User.objects.create_user("eve")
    call_command("set_role", "eve", "admin")
    assert Person.objects.get(user__username="eve").role == "admin"
    with pytest.raises(CommandError, match="nobody called adam"):
        call_command("set_role", "adam", "admin")
