"""Groups, as admins make them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from reports.people.roles import Role
from reports.people.tables import AuditEntry, Group
from tests.pages.conftest import Reader, open_as
from tests.pages.test_people import post

pytestmark = pytest.mark.usefixtures("fleet")


def test_without_groups_it_is_said_that_all_see_all(admin: Reader) -> None:
    assert "There are no groups, so everybody sees the whole fleet" in admin.open("/groups/").text


def test_a_group_is_made_and_its_members_see_its_nodes_at_once(admin: Reader) -> None:
    ada = open_as("ada", Role.VIEWER)
    assert "web-1" in ada.open("/nodes/").text
    user = User.objects.get(username="ada")
    post(admin, "/groups/new/", 302, name="stagers", environment="staging", member=str(user.pk))
    assert "web-1" not in ada.open("/nodes/").text
    assert "web-2" in ada.open("/nodes/").text
    assert "1 node, those of your groups" in ada.open("/account/").text
    entry = AuditEntry.objects.get(act="group.saved")
    assert (entry.subject, entry.detail["environments"], entry.detail["members"]) == ("stagers", ["staging"], ["ada"])
    assert "stagers staging none 1 1" in admin.open("/groups/").text


def test_what_it_sees_is_shown_while_it_is_made(admin: Reader) -> None:
    seen = admin.open("/groups/preview/?environment=staging&query=name:qui*")
    assert "2 of 6 nodes are seen by it now:" in seen.text
    assert "quiet, web-2" in seen.text
    assert "6 of 6 nodes" in admin.open("/groups/preview/?sees_all=yes").text
    assert "0 of 6 nodes are seen by it now." in admin.open("/groups/preview/").text


@pytest.mark.parametrize("query", ["status:failed", "nmae:x", '"'])
def test_a_query_that_means_nothing_is_refused_where_it_stands(admin: Reader, query: str) -> None:
    seen = admin.open(f"/groups/preview/?query={query}")
    assert "nodes are seen" not in seen.text
    assert 'role="alert"' in post(admin, "/groups/new/", 400, name="x", query=query)
    assert not Group.objects.exists()


@pytest.mark.parametrize("form", [{"name": ""}, {"name": "x" * 101}, {"name": "taken"}])
def test_a_name_that_will_not_do_is_refused_in_words(admin: Reader, form: dict[str, str]) -> None:
    Group.objects.create(name="taken")
    assert 'role="alert"' in post(admin, "/groups/new/", 400, **form)
    assert Group.objects.count() == 1


@pytest.mark.parametrize("form", [{"member": "x"}, {"member": "9" * 30}, {"query": "a\x00"}, {"environment": "\x00"}])
def test_what_our_form_never_sends_is_refused(admin: Reader, form: dict[str, str]) -> None:
    post(admin, "/groups/new/", 400, name="x", **form)


def test_who_is_left_in_no_group_is_named(admin: Reader) -> None:
    user = User.objects.create_user("ada")
    group = Group.objects.create(name="stagers", environments=["staging"])
    group.members.add(user)
    told = post(admin, f"/groups/{group.pk}/", 200, name="stagers", environment="staging")
    assert "In no group any more, and so seeing the whole fleet" in told
    assert "ada" in told


def test_a_group_with_members_is_not_deleted(admin: Reader) -> None:
    user = User.objects.create_user("ada")
    group = Group.objects.create(name="stagers")
    group.members.add(user)
    assert "Take them out first" in post(admin, f"/groups/{group.pk}/delete/", 400)
    group.members.clear()
    post(admin, f"/groups/{group.pk}/delete/", 302)
    assert not Group.objects.exists()
    assert AuditEntry.objects.get().act == "group.deleted"
    admin.open(f"/groups/{group.pk}/", expected=404)


def test_nasty_names_are_shown_as_they_are(admin: Reader) -> None:
    group = Group.objects.create(name="<b>x</b>\u202e", environments=["<i>"], query="name:<u>")
    for address in ("/groups/", f"/groups/{group.pk}/"):
        seen = admin.open(address)
        assert "<b>x</b>U+202E" in seen.text
        assert not {"b", "i", "u"} & seen.tags()
