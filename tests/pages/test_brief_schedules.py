"""Schedules of briefs: set up, changed, turned off and deleted by admins; what is wrong is said at its field."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pytest_django import Settings

from reports.people.tables import AuditEntry
from reports.weekly.tables import Brief, BriefSchedule
from tests.api.conftest import NOW
from tests.pages.conftest import Reader
from tests.weekly.kept import keep_briefs

NEW = "/briefs/schedules/new/"
TOLD = {
    "name": "Ops",
    "on": "yes",
    "weekday": "1",
    "at": "07:00",
    "zone": "Europe/Berlin",
    "scope": "fleet",
    "paper": "a4",
    "recipients": "ops@example.net, review@example.net\nops@example.net",
}


def test_a_schedule_is_set_up_and_says_when_it_is_due_next(admin: Reader) -> None:
    before = timezone.now()
    assert admin.client.post(NEW, TOLD)["Location"] == "/briefs/schedules/"
    made = BriefSchedule.objects.get()
    assert (made.at, made.zone, made.recipients) == (
        time(7),
        "Europe/Berlin",
        ["ops@example.net", "review@example.net"],
    )
    assert before <= made.starts_at <= timezone.now()
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.subject, entry.detail["when"]) == ("schedule.saved", "Ops", "Monday 07:00 Europe/Berlin")
    here = datetime.now(ZoneInfo("Europe/Berlin"))
    monday = here.date() + timedelta(days=(7 - here.weekday()) % 7)
    if datetime.combine(monday, time(7), here.tzinfo) <= here:
        monday += timedelta(weeks=1)
    due = datetime.combine(monday, time(7), here.tzinfo)
    shown = admin.open("/briefs/schedules/").text
    assert f"{due:%a %-d %b %Y %H:%M}" in shown and f"{due.astimezone(UTC):%a %H:%M} UTC" in shown
    assert "Mail is off on this server" in shown


def test_where_mail_is_on_nothing_is_said_of_it(admin: Reader, settings: Settings) -> None:
    settings.MAIL_SERVER = object()
    assert "Mail is off" not in admin.open("/briefs/schedules/").text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "From 1 to 100 characters"),
        ("name", "x\u202e", "all of them to be seen"),
        ("weekday", "8", "Choose one of these."),
        ("at", "25:00", "A time of the clock"),
        ("zone", "Mars/Olympus", "Choose one of these."),
        ("scope", "env:nowhere", "Choose one of these."),
        ("paper", "papyrus", "Choose one of these."),
        ("recipients", "ops@example.net\nnobody", "“nobody” is no mail address."),
        ("recipients", "a@b.de>\nBcc: c@d.de", "is no mail address."),
        ("recipients", "\n".join(f"a{number}@example.net" for number in range(51)), "At most 50"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(admin: Reader, field: str, value: str, said: str) -> None:
    sent = admin.client.post(NEW, {**TOLD, field: value})
    html = sent.content.decode()
    assert sent.status_code == 400 and said in html and f'id="error_{field}"' in html
    assert not BriefSchedule.objects.exists()


def test_two_schedules_of_one_name_are_refused(admin: Reader) -> None:
    admin.client.post(NEW, TOLD)
    assert "Another schedule is called so." in admin.client.post(NEW, TOLD).content.decode()
    assert BriefSchedule.objects.count() == 1


def test_a_schedule_is_turned_off_and_on_and_what_came_due_between_is_not_made_up(admin: Reader) -> None:
    admin.client.post(NEW, TOLD)
    key = BriefSchedule.objects.get().pk
    BriefSchedule.objects.update(starts_at=NOW - timedelta(days=99))
    address = f"/briefs/schedules/{key}/"
    off = {name: value for name, value in TOLD.items() if name != "on"}
    admin.client.post(address, {**off, "at": "08:15"})
    schedule = BriefSchedule.objects.get()
    assert (schedule.is_on, schedule.at, schedule.starts_at) == (False, time(8, 15), NOW - timedelta(days=99))
    assert "turned off" in admin.open("/briefs/schedules/").text
    before = timezone.now()
    admin.client.post(address, TOLD)
    assert BriefSchedule.objects.get().starts_at >= before


def test_the_scope_of_a_view_stays_when_the_view_is_gone(admin: Reader) -> None:
    keep_briefs(NOW)
    told = {"scope_kind": "query", "scope_value": "name:web*", "scope_name": "<b>web</b>"}
    BriefSchedule.objects.update(**told)
    address = f"/briefs/schedules/{BriefSchedule.objects.get().pk}/"
    assert "&lt;b&gt;web&lt;/b&gt; (as it is now)" in admin.open(address).html
    admin.client.post(address, {**TOLD, "scope": "kept"})
    schedule = BriefSchedule.objects.get()
    assert (schedule.name, schedule.scope_value, schedule.scope_name) == ("Ops", "name:web*", "<b>web</b>")


def test_a_schedule_is_deleted_and_its_briefs_stay(admin: Reader) -> None:
    keep_briefs(NOW)
    address = f"/briefs/schedules/{BriefSchedule.objects.get().pk}/"
    assert admin.client.post(f"{address}delete/").status_code == 302
    admin.open(address, 404)
    assert not BriefSchedule.objects.exists() and Brief.objects.count() == 3
    assert AuditEntry.objects.get().act == "schedule.deleted"
    assert "Nothing is made by itself yet" in admin.open("/briefs/schedules/").text
