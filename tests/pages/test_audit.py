"""The page of what people did."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from reports.pages.audit import LINES
from reports.people.tables import AuditEntry
from tests.api.conftest import NASTY
from tests.pages.conftest import Reader


def did(act: str, person: str = "ada", *, subject: str = "web-1", days_ago: float = 0, **detail: object) -> None:
    """Somebody did something."""
    at = timezone.now() - timedelta(days=days_ago)
    AuditEntry.objects.create(at=at, person=person, act=act, subject=subject, detail=detail, address="192.0.2.7")


def test_only_an_admin_sees_what_people_did(reader: Reader, operator: Reader, admin: Reader) -> None:
    assert "takes the role admin; yours is viewer" in reader.open("/audit/", expected=403).text
    assert "yours is operator" in operator.open("/audit/", expected=403).text
    assert "Nothing has been done yet" in admin.open("/audit/").text


def test_an_act_is_shown_with_who_what_and_from_where(admin: Reader) -> None:
    did("token.made", subject="fra", scope="send", sites=["a", "b"], is_mute=True, tool=None)
    did("login.failed", person="")
    seen = admin.open("/audit/")
    assert "ada token.made fra tool: none; scope: send; sites: a, b; is mute: yes 192.0.2.7" in seen.text
    assert "nobody login.failed" in seen.text


def test_names_and_details_are_shown_as_text(admin: Reader) -> None:
    did("note.written", subject=NASTY, text=NASTY)
    seen = admin.open("/audit/")
    assert "b" not in seen.tags()
    assert seen.text.count("we <b>say</b>") == 2


@pytest.mark.parametrize(
    ("query", "subjects"),
    [
        ("person=ada", ["one", "two"]),
        ("act=login", ["one", "three"]),
        ("person=bob&act=login", ["three"]),
        ("since={past}", ["one", "two"]),
        ("until={past}", ["three"]),
        ("person=nobody", []),
    ],
)
def test_a_filter_leaves_what_matches(admin: Reader, query: str, subjects: list[str]) -> None:
    did("login", subject="one")
    did("logout", subject="two")
    did("login", person="bob", subject="three", days_ago=3)
    past = timezone.now() - timedelta(days=1)
    seen = admin.open(f"/audit/?{query.format(past=f'{past:%Y-%m-%dT%H:%M}')}")
    assert [one for one in ("one", "two", "three") if f" {one} 192.0.2.7" in seen.text] == subjects
    assert ("Nothing matches" in seen.text) is (not subjects)


def test_old_acts_are_on_the_next_page_with_the_same_filter(admin: Reader) -> None:
    for number in range(LINES + 1):
        did("login", subject=f"number-{number}", days_ago=number)
    did("logout", subject="other")
    first = admin.open("/audit/?act=login")
    assert "other" not in first.text and f"number-{LINES} " not in first.text
    older = admin.open(f"/audit/{first.links('cursor=')[0]}")
    assert f"number-{LINES} " in older.text and "number-0 " not in older.text


@pytest.mark.parametrize(
    ("query", "word"),
    [("act=burn", "act: there is no burn"), ("since=soon", "since: write a date"), ("cursor=x", "cursor: not one")],
)
def test_a_wrong_filter_is_refused_by_name(admin: Reader, query: str, word: str) -> None:
    assert word in admin.open(f"/audit/?{query}", expected=400).text


def test_what_is_filtered_comes_as_a_file_for_admins_alone(admin: Reader, operator: Reader) -> None:
    did("token.made", subject="=1+1", scope="send")
    did("login", subject="other")
    link = admin.open("/audit/?act=token.made").links("export.csv")[0]
    rows = b"".join(admin.client.get(f"/audit/{link}").streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=1+1" in rows and "scope: send" in rows and "other" not in rows
    told = b"".join(admin.client.get("/audit/export.json?act=login").streaming_content).decode()  # type: ignore[attr-defined]
    assert "other" in told and "=1+1" not in told
    for kind in ("csv", "json"):
        assert operator.client.get(f"/audit/export.{kind}").status_code == 403
