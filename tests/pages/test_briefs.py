"""Briefs on pages: asked for, waited for, downloaded, mailed again; and who may what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from reports.people.roles import Role
from reports.people.tables import AuditEntry, SavedView
from reports.weekly.make import make_next
from reports.weekly.paper import Paper
from reports.weekly.tables import Brief, BriefMail, BriefSchedule
from reports.weekly.week import IsoWeek
from tests.api.conftest import NOW
from tests.pages.conftest import Reader, open_as
from tests.weekly.kept import FAILED, MADE, OTHER_WEEK, WAITING, keep_briefs, login_of
from tests.weekly.press import QuickPress

ASK = "/briefs/ask/"
HTMX = {"HX-Request": "true"}


def last_week() -> str:
    return str(IsoWeek.of(timezone.now()).before)


def test_an_archive_without_briefs_says_what_one_is(reader: Reader) -> None:
    assert "No brief has been asked for yet" in reader.open("/briefs/").text
    assert "No brief matches" in reader.open("/briefs/?state=failed").text


@pytest.mark.usefixtures("fleet")
def test_the_archive_tells_what_became_of_each(reader: Reader) -> None:
    seen = reader.open("/briefs/")
    assert "Week 2026-W47 the whole fleet made PDF of Week 2026-W47" in seen.text
    assert "on schedule: ops" in seen.text and "12 300 kB" in seen.text
    assert "1 waiting, 1 being sent, 1 sent, 1 failed" in seen.text
    assert "being made 40 %" in seen.text
    assert "<b>ops</b> is no environment" in seen.text and "b" not in seen.tags() and "i" not in seen.tags()
    assert seen.links(f"/briefs/{MADE}/") == [
        f"/briefs/{MADE}/", f"/briefs/{MADE}/pdf/", f"/briefs/{MADE}/csv/", f"/briefs/{MADE}/json/"
    ]  # fmt: skip
    assert not seen.links("/briefs/schedules/")
    assert f"/briefs/{MADE}/" not in reader.open("/briefs/?state=failed").html


@pytest.mark.usefixtures("fleet")
def test_the_archive_is_walked_by_cursor(reader: Reader) -> None:
    for number in range(60):
        told = {"scope_kind": "fleet", "paper": "a4", "week": OTHER_WEEK, "asked_by_name": "ada", "kind": "weekly"}
        Brief.objects.create(**told, asked_at=NOW - timedelta(days=9, hours=number), state="failed")
    first = reader.open("/briefs/")
    (onward,) = first.links("cursor=")
    second = reader.open(f"/briefs/{onward}")
    assert not set(first.links("/briefs/4")) & set(second.links("/briefs/4"))
    assert "Newer" in second.text and "Older" not in second.text


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/briefs/?kind=daily", "kind: there is no daily"),
        ("/briefs/?state=x", "state: there is no x"),
        ("/briefs/?cursor=x", "cursor:"),
    ],
)
def test_a_filter_that_means_nothing_is_refused(reader: Reader, address: str, said: str) -> None:
    assert said in reader.open(address, 400).text


@pytest.mark.usefixtures("fleet")
def test_a_viewer_asks_and_is_led_to_the_brief_that_is_made_meanwhile(reader: Reader) -> None:
    form = reader.open(ASK)
    assert "production" in form.text and last_week() in form.html
    sent = reader.client.post(ASK, {"week": last_week(), "scope": "env:production", "paper": Paper.LETTER.value})
    brief = Brief.objects.latest("asked_at")
    assert sent["Location"] == f"/briefs/{brief.pk}/"
    assert (brief.week, brief.scope_value, brief.paper, brief.asked_by_name) == (
        last_week(), "production", "us-letter", "ada",
    )  # fmt: skip
    entry = AuditEntry.objects.get(act="brief.ordered")
    assert (entry.person, entry.subject, entry.detail["week"]) == ("ada", "environment production", last_week())
    waiting = reader.open(f"/briefs/{brief.pk}/")
    assert "progress" in waiting.tags() and "every 1s" in waiting.html and "Look again" in waiting.text
    make_next(timezone.now(), QuickPress())
    Brief.objects.exclude(pk=brief.pk).delete()
    make_next(timezone.now(), QuickPress())
    made = reader.open(f"/briefs/{brief.pk}/")
    assert "progress" not in made.tags() and "every 1s" not in made.html
    assert "It went worse than the week before." in made.text and "<b>web-1</b>" in made.text


@pytest.mark.usefixtures("fleet")
def test_while_it_is_made_htmx_gets_a_part_and_is_told_when_to_stop(reader: Reader) -> None:
    part = reader.client.get(f"/briefs/{WAITING}/", headers=HTMX)
    assert part.status_code == 200 and b"<html" not in part.content
    assert b'value="40"' in part.content and b"counting runs" in part.content
    assert reader.client.get(f"/briefs/{MADE}/", headers=HTMX).status_code == 286


def test_what_is_wrong_with_an_order_is_said_at_its_field(reader: Reader) -> None:
    future = str(IsoWeek.of(timezone.now()).after)
    for field, value, said in (
        ("week", "2026-W60", "week: a year and a week of it"),
        ("week", future, "has not begun"),
        ("scope", "env:nowhere", "Choose one of these."),
        ("scope", "view:1", "Choose one of these."),
        ("paper", "papyrus", "Choose one of these."),
    ):
        sent = reader.client.post(ASK, {"week": last_week(), "scope": "fleet", "paper": "a4", field: value})
        assert (sent.status_code, said in sent.content.decode()) == (400, True), value
    assert not Brief.objects.exists() and not AuditEntry.objects.exists()


def test_a_saved_view_is_a_scope_with_its_filters(reader: Reader) -> None:
    view = SavedView.objects.create(
        owner_id=login_of("ada"),
        name="<b>mine</b>",
        page="nodes",
        query="q=web&environment=staging&status=failed,silent",
    )
    broken = SavedView.objects.create(owner_id=login_of("ada"), name="old", page="nodes", query="q=nothing:known")
    assert "&lt;b&gt;mine&lt;/b&gt;" in reader.open(ASK).html
    told = {"week": last_week(), "paper": "a4"}
    refused = reader.client.post(ASK, {**told, "scope": f"view:{broken.pk}"})
    assert refused.status_code == 400 and "There is no key nothing" in refused.content.decode()
    reader.client.post(ASK, {**told, "scope": f"view:{view.pk}"})
    brief = Brief.objects.get()
    assert (brief.scope_value, brief.scope_name) == ("web env:staging status:failed,silent", "<b>mine</b>")
    assert "<b>mine</b>" in reader.open(f"/briefs/{brief.pk}/").text


@pytest.mark.usefixtures("fleet")
def test_documents_are_private_downloads_with_a_safe_name(reader: Reader) -> None:
    Brief.objects.filter(pk=MADE).update(scope_kind="query", scope_name='a"b\r\n/../ü.pdf')
    for kind, content_type, ending in (
        ("pdf", "application/pdf", "pdf"), ("json", "application/json", "json"), ("csv", "application/zip", "csv.zip")
    ):  # fmt: skip
        answer = reader.client.get(f"/briefs/{MADE}/{kind}/")
        assert answer["Content-Type"] == content_type
        assert answer["Content-Disposition"] == f'attachment; filename="fleetview-2026-W47-a-b-pdf.{ending}"'
        assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")
    assert reader.client.get(f"/briefs/{MADE}/pdf/").content == b"%PDF-ops"
    for address in (f"/briefs/{WAITING}/pdf/", "/briefs/1/pdf/", f"/briefs/{MADE}/doc/", "/briefs/1/"):
        reader.open(address, 404)


@pytest.mark.usefixtures("fleet")
def test_an_operator_has_a_mail_tried_again_and_a_viewer_does_not(operator: Reader, reader: Reader) -> None:
    failed = BriefMail.objects.get(state="failed")
    again = f"/briefs/mails/{failed.pk}/again/"
    assert again not in reader.open(f"/briefs/{MADE}/").html
    assert reader.client.post(again).status_code == 403
    shown = operator.open(f"/briefs/{MADE}/")
    assert again in shown.html and "451 4.7.1 greylisted <b>" in shown.text
    assert operator.client.post(again)["Location"] == f"/briefs/{MADE}/"
    failed.refresh_from_db()
    assert (failed.state, failed.tries, failed.last_error) == ("waiting", 0, "451 4.7.1 greylisted <b>")
    assert AuditEntry.objects.get().act == "mail.tried_again"
    assert operator.client.post(f"/briefs/mails/{BriefMail.objects.get(state='sent').pk}/again/").status_code == 404


@pytest.mark.usefixtures("fleet")
def test_a_brief_that_failed_is_made_again_for_who_asked_and_for_operators(operator: Reader, reader: Reader) -> None:
    again = f"/briefs/{FAILED}/again/"
    assert "Make it again" not in reader.open(f"/briefs/{FAILED}/").text
    assert reader.client.post(again).status_code == 403
    assert "Make it again" in operator.open(f"/briefs/{FAILED}/").text
    assert operator.client.post(again).status_code == 302
    assert Brief.objects.get(pk=FAILED).state == "waiting"
    assert operator.client.post(again).status_code == 404
    Brief.objects.filter(pk=FAILED).update(state="failed", asked_by_name="ada")
    assert reader.client.post(again).status_code == 302


@pytest.mark.usefixtures("fleet")
def test_an_incident_window_becomes_a_brief_with_the_reviewer_s_notes(reader: Reader) -> None:
    (link,) = reader.open("/incident/?last=4h&q=env:production&only=new").links("/briefs/incident/")
    form = reader.open(link)
    assert "only what is new" in form.text and "env:production" in form.text
    sent = reader.client.post(link, {"notes": "Found: <b>disk</b>\r\nAsk Eve.", "paper": "a4"})
    brief = Brief.objects.latest("asked_at")
    assert sent["Location"] == f"/briefs/{brief.pk}/"
    assert brief.incident is not None
    assert (brief.incident["notes"], brief.incident["q"]) == ("Found: <b>disk</b>\nAsk Eve.", "env:production")
    Brief.objects.exclude(pk=brief.pk).delete()
    press = QuickPress()
    make_next(timezone.now(), press)
    question, review = press.asked[0][:2]
    assert question.q == "env:production" and review.reviewer == "ada"  # type: ignore[attr-defined]
    assert reader.open(f"/briefs/{brief.pk}/").text.count("Incident 20") >= 1


def test_an_incident_that_cannot_be_told_is_refused(reader: Reader) -> None:
    assert "14 days" in reader.open("/briefs/incident/?since=2026-01-01&until=2026-03-01", 400).text
    sent = reader.client.post("/briefs/incident/?last=4h", {"notes": "x" * 20_001, "paper": "a4"})
    assert sent.status_code == 400 and "at most 20,000 characters" in sent.content.decode()
    assert not Brief.objects.exists()


def test_only_admins_come_to_schedules(operator: Reader, admin: Reader) -> None:
    keep_briefs(NOW)
    key = BriefSchedule.objects.get().pk
    for address in ("/briefs/schedules/", "/briefs/schedules/new/", f"/briefs/schedules/{key}/"):
        operator.open(address, 403)
        admin.open(address)
    assert operator.client.post(f"/briefs/schedules/{key}/delete/").status_code == 403
    assert "/briefs/schedules/" in admin.open("/briefs/").html


def test_who_never_saw_a_brief_reads_none_without_logging_in(reader: Reader) -> None:
    reader.client.logout()
    for address in ("/briefs/", f"/briefs/{MADE}/pdf/", ASK):
        assert reader.client.get(address).status_code == 302
    assert open_as("vera", Role.VIEWER).open("/briefs/")
