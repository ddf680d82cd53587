"""Tokens on pages: made by whom they are for, shown once, and taken back."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_django import Settings

from reports.intake.digest import digest_of
from reports.intake.tables import Token
from reports.people.roles import Role
from reports.people.tables import AuditEntry, Group
from tests.api.conftest import make_token
from tests.pages.conftest import Reader, open_as

SEND, READ = "/tokens/make/?scope=send", "/tokens/make/?scope=read"


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    """The snapshot of the senders goes into a folder of the test's own."""
    settings.FLEETVIEW_DATA_DIR = tmp_path


def told(**fields: str) -> dict[str, str]:
    """What the form sends."""
    return {"key": str(uuid4()), "name": "web-servers", "tool": "", "site": "main", "expires": "365", **fields}


def shown(html: str) -> str:
    """The token in the answer."""
    found = re.search(r'<pre class="lines" id="token"[^>]*>([^<]+)</pre>', html)
    assert found
    return found[1]


def test_a_sender_s_token_is_shown_once_with_the_lines_that_send_with_it(operator: Reader) -> None:
    answer = operator.client.post(SEND, told(tool="generic", site="lab"))
    page = answer.content.decode()
    token = shown(page)
    assert answer["Cache-Control"] == "private, no-store"
    assert f"Bearer {token}" in page.replace("&quot;", '"') and "PASTE-THE-TOKEN-HERE" not in page
    kept = Token.objects.get()
    assert (kept.digest, kept.name, kept.tool, kept.site) == (digest_of(token), "web-servers", "generic", "lab")
    assert (kept.owner, kept.made_by) == (None, "grace")
    assert kept.expires_at is not None and kept.expires_at.date() == (timezone.now() + timedelta(days=365)).date()
    assert token not in operator.open("/tokens/").html
    assert token not in str(dict(operator.client.session))
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.person, entry.subject) == ("token.made", "grace", "web-servers")
    assert token not in str(entry.detail) and str(kept.digest) not in str(entry.detail)


def test_the_doors_of_this_machine_know_it_at_once(operator: Reader, tmp_path: Path) -> None:
    token = shown(operator.client.post(SEND, told()).content.decode())
    assert digest_of(token) in (tmp_path / "senders.json").read_text()
    operator.client.post(f"/tokens/{Token.objects.get().pk}/revoke/")
    assert digest_of(token) not in (tmp_path / "senders.json").read_text()


def test_every_way_of_every_tool_is_laid_out_for_a_token_of_any_tool(operator: Reader) -> None:
    page = operator.client.post(SEND, told(name="all-of-them")).content.decode()
    assert page.count(shown(page)) > 5
    assert "all-of-them:" in page  # in front of the token, in the address that a tool is given
    assert "@TOKEN@" not in page and "@SENDER@" not in page


def test_the_answer_loaded_anew_makes_no_second_token(operator: Reader) -> None:
    fields = told()
    first = operator.client.post(SEND, fields)
    again = operator.client.post(SEND, fields, follow=True)
    assert again.redirect_chain == [("/tokens/", 302)]
    page = again.content.decode()
    assert "has made its token already" in page
    assert shown(first.content.decode()) not in page
    assert Token.objects.count() == 1


def test_a_viewer_makes_a_token_that_reads_with_its_own_eyes(reader: Reader) -> None:
    page = reader.client.post(READ, told(name="grafana", tool="generic", site="lab", expires="never")).content.decode()
    kept = Token.objects.get()
    assert (kept.scope, kept.owner.get_username() if kept.owner else "") == ("read", "ada")
    assert (kept.tool, kept.site, kept.expires_at) == (None, "main", None)
    answer = reader.client.get("/api/v1/nodes/", headers={"Authorization": f"Bearer {shown(page)}"})
    assert answer.status_code == 200
    kept.refresh_from_db()
    assert kept.last_used_at is not None


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        (told(name=""), "name", "Say who will use it."),
        (told(name="a b"), "name", "Letters, digits"),
        (told(name="a:b@c"), "name", "Letters, digits"),
        (told(name="a\x00"), "name", "No NUL"),
        (told(name="x" * 101), "name", "at most 100"),
        (told(name="taken"), "name", "goes by this name"),
        (told(tool="cobol"), "tool", "There is no such tool."),
        (told(site="a\x00"), "site", "No NUL"),
        (told(expires="7"), "expires", "Choose one of these."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(operator: Reader, fields: dict[str, str], field: str, words: str) -> None:
    make_token("other", name="taken", owner=User.objects.create_user("bob"))
    answer = operator.client.post(SEND, fields)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert words in page[page.index(f'id="error_{field}"') :].partition("</p>")[0]
    assert f"error_{field}" in page[page.index(f'id="id_{field}"') :].partition(">")[0]
    assert Token.objects.count() == 1


@pytest.mark.parametrize("address", [SEND, f"{SEND}&tool=generic"])
def test_tokens_for_senders_are_made_by_operators(reader: Reader, operator: Reader, address: str) -> None:
    assert "made by operators" in reader.open(address, expected=403).text
    assert reader.client.post(address, told()).status_code == 403
    assert not reader.open("/tokens/").links("scope=send")
    operator.open(address)


def test_an_operator_who_sees_a_part_of_the_fleet_makes_none_for_senders(operator: Reader) -> None:
    group = Group.objects.create(name="lab", environments=["lab"])
    group.members.add(User.objects.get(username="grace"))
    make_token("s", scope="send", name="a-sender")
    operator.open(SEND, expected=403)
    assert operator.client.post(SEND, told()).status_code == 403
    assert "a-sender" not in operator.open("/tokens/").text
    assert operator.client.post(READ, told(name="mine")).status_code == 200
    assert "mine" in operator.open("/tokens/").text


def test_everybody_sees_their_own_operators_those_of_senders_and_admins_all(reader: Reader) -> None:
    make_token("1", name="of-ada", owner=User.objects.get(username="ada"), made_by="ada")
    make_token("2", name="of-bob", owner=User.objects.create_user("bob"), made_by="bob")
    make_token("3", name="of-nobody")
    make_token("4", name="a-sender", scope="send")
    names = ("of-ada", "of-bob", "of-nobody", "a-sender")
    expected = {
        Role.VIEWER: ["of-ada"],
        Role.OPERATOR: ["of-ada", "a-sender"],
        Role.ADMIN: list(names),
    }
    for role, seen in expected.items():
        person = open_as("ada", role)
        text = person.open("/tokens/").text
        assert [name for name in names if name in text] == seen
        hidden = Token.objects.exclude(name__in=seen)
        for token in hidden:
            person.open(f"/tokens/{token.pk}/revoke/", expected=404)
            assert person.client.post(f"/tokens/{token.pk}/revoke/").status_code == 404
    assert not Token.objects.filter(revoked_at__isnull=False).exists()


def test_revoking_asks_first_and_is_written_down_once(operator: Reader) -> None:
    token = make_token("4", name="a-sender", scope="send")
    asked = operator.open(f"/tokens/{token.pk}/revoke/")
    assert "Revoke the token of a-sender?" in asked.text
    assert Token.objects.get().revoked_at is None
    for words in ("opens nothing any more", "revoked already"):
        assert words in operator.client.post(f"/tokens/{token.pk}/revoke/", follow=True).content.decode()
    assert list(AuditEntry.objects.values_list("act", "subject")) == [("token.revoked", "a-sender")]
    assert "a-sender" not in operator.open("/tokens/").text
    assert "a-sender send any main the command line" in operator.open("/tokens/?standing=all").text


def test_the_list_is_filtered_by_what_tokens_may_and_are_worth(operator: Reader) -> None:
    past = timezone.now() - timedelta(days=1)
    make_token("1", name="expired", scope="send", expires_at=past)
    make_token("2", name="good", scope="send", site="<b>lab</b>", tool="<i>")
    make_token("3", name="mine", owner=User.objects.get(username="grace"))
    seen = operator.open("/tokens/")
    assert "expired" not in seen.text.partition("newest first")[2].partition("Show")[2] and "b" not in seen.tags()
    assert "good" not in operator.open("/tokens/?scope=read").text
    assert "No token matches" not in operator.open("/tokens/?standing=all&scope=send").text
    assert "There is no valid token" in open_as("eve", Role.VIEWER).open("/tokens/").text


@pytest.mark.parametrize("query", ["scope=x", "standing=x", "cursor=x"])
def test_a_wrong_filter_is_refused_by_name(reader: Reader, query: str) -> None:
    assert query.partition("=")[0] in reader.open(f"/tokens/?{query}", expected=400).text
    assert "scope: there is no x" in reader.open("/tokens/make/?scope=x", expected=400).text


def test_a_form_without_its_key_is_refused(reader: Reader) -> None:
    answer = reader.client.post(READ, told(key="x"))
    assert answer.status_code == 400 and "load the form anew" in answer.content.decode()
