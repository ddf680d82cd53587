"""What people did is written down: by whom, to what, from where; and never what nobody may know."""

from __future__ import annotations

import ipaddress
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from reports.people.address import find_address
from reports.people.audit import Act, prune_audit, record_act
from reports.people.tables import AuditEntry

PASSWORD = "correct horse battery"
PROXIES = [ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("fd00::/8")]


@pytest.mark.parametrize(
    ("peer", "forwarded", "told"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "203.0.113.9", "192.0.2.7"),  # nobody trusts 192.0.2.7
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # what stands before it, the browser wrote
        ("10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"),  # two proxies
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.9:50123", "203.0.113.9"),
        ("fd00::1", "[2001:db8::9]:50123", "2001:db8::9"),
        ("::ffff:10.0.0.1", "2001:db8::9", "2001:db8::9"),
        ("", "203.0.113.9", None),  # a unix socket
    ],
)
def test_an_address_is_believed_only_from_a_trusted_proxy(peer: str, forwarded: str, told: str | None) -> None:
    found = find_address(peer, forwarded, PROXIES)
    assert (None if found is None else str(found)) == told


@pytest.mark.django_db
def test_an_act_is_kept_with_who_did_it_and_from_where(rf: RequestFactory) -> None:
    request = rf.post("/", REMOTE_ADDR="192.0.2.7")
    request.user = User.objects.create_user("ada")
    record_act(request, Act.NOTE_WRITTEN, "web\x00-1", text="a\x00b", environments=["pro\x00d"], is_mute=True)
    entry = AuditEntry.objects.get()
    assert (entry.person, entry.act, entry.subject, entry.address) == ("ada", "note.written", "web␀-1", "192.0.2.7")
    assert entry.detail == {"text": "a␀b", "environments": ["pro␀d"], "is_mute": True}


@pytest.mark.django_db
def test_an_act_of_nobody_has_an_empty_name(rf: RequestFactory) -> None:
    request = rf.post("/")
    request.user = AnonymousUser()
    record_act(request, Act.LOGIN_FAILED, "ada")
    assert AuditEntry.objects.get().person == ""


@pytest.mark.django_db
def test_coming_and_going_is_recorded(client: Client) -> None:
    User.objects.create_user("ada", password=PASSWORD)
    client.post("/login/", {"username": "ada", "password": PASSWORD})
    client.post("/logout/")
    client.post("/logout/")  # nobody is there any more
    assert list(AuditEntry.objects.order_by("id").values_list("act", "person", "subject")) == [
        ("login", "ada", "ada"),
        ("logout", "ada", "ada"),
    ]


@pytest.mark.django_db
def test_a_password_typed_as_a_name_is_not_kept(client: Client) -> None:
    User.objects.create_user("ada", password=PASSWORD)
    client.post("/login/", {"username": "ada", "password": "wrong"})
    client.post("/login/", {"username": PASSWORD, "password": "ada"})
    client.post("/login/", {"username": "a\x00b", "password": "x"})
    client.post("/login/", {})
    assert list(AuditEntry.objects.order_by("id").values_list("act", "person", "subject")) == [
        ("login.failed", "", "ada"),
        *[("login.failed", "", "(no such name)")] * 3,
    ]


@pytest.mark.django_db
def test_what_people_did_long_ago_is_dropped(settings: Settings) -> None:
    settings.FLEETVIEW_KEEP_AUDIT_DAYS = 30
    now = timezone.now()
    for days in (29, 31):
        AuditEntry.objects.create(at=now - timedelta(days=days), person="ada", act="login", subject="ada")
    assert prune_audit(now) == 1
    assert AuditEntry.objects.get().at == now - timedelta(days=29)
