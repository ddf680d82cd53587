"""The tables of briefs: what was ordered, what came of it, and who got it by mail. Only this room writes them.

Several machines share them, so the documents lie here too, and not in a folder. They have a table of their own, which
no list reads. Nothing here is distributed by node, so foreign keys are fine.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint


class BriefSchedule(models.Model):
    """A weekly brief that is made by itself: of what, when, on which paper, and who gets it by mail.

    `weekday` is 1 for Monday. `at` is a time of the clock in `zone`. What was due before `starts_at` is never made up.
    """

    name = models.TextField()
    is_on = models.BooleanField(default=True)
    weekday = models.SmallIntegerField()
    at = models.TimeField()
    zone = models.TextField()
    scope_kind = models.TextField()
    scope_value = models.TextField(default="")  # the environment, or the query
    scope_name = models.TextField(default="")  # of the saved view that the query is from
    paper = models.TextField()
    recipients = ArrayField(models.TextField(), default=list)
    starts_at = models.DateTimeField()

    class Meta:
        db_table = "brief_schedule"
        constraints = [
            UniqueConstraint(fields=["name"], name="brief_schedule_name"),
            CheckConstraint(name="brief_schedule_weekday", condition=Q(weekday__gte=1, weekday__lte=7)),
            CheckConstraint(name="brief_schedule_scope", condition=Q(scope_kind__in=["fleet", "environment", "query"])),
        ]


class Brief(models.Model):
    """One brief that was ordered, by a person or by a schedule, from then on until it is dropped.

    `sight_groups` is NULL where it tells of the whole fleet, else it was gathered with the eyes of these groups.
    """

    class Kind(models.TextChoices):
        WEEKLY = "weekly"
        INCIDENT = "incident"

    class State(models.TextChoices):
        WAITING = "waiting"
        MAKING = "being made"
        MADE = "made"
        FAILED = "failed"

    kind = models.TextField(choices=Kind.choices)
    scope_kind = models.TextField()
    scope_value = models.TextField(default="")
    scope_name = models.TextField(default="")
    week = models.TextField(null=True)  # as 2026-W47; of a weekly brief
    incident = models.JSONField(null=True)  # the question of an incident brief, and the reviewer's notes
    paper = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="briefs")
    asked_by_name = models.TextField()  # the login name, or that of the schedule; outlives both
    is_scheduled = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    schedule = models.ForeignKey(BriefSchedule, models.SET_NULL, null=True, related_name="briefs")
    sight_groups = ArrayField(models.BigIntegerField(), null=True)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    per_cent = models.SmallIntegerField(default=0)
    doing = models.TextField(default="")
    tries = models.SmallIntegerField(default=0)
    error = models.TextField(default="")
    made_at = models.DateTimeField(null=True)
    version = models.TextField(default="")  # of Fleetview
    pages = models.IntegerField(null=True)
    pdf_bytes = models.IntegerField(null=True)
    headline = models.TextField(default="")  # the counters of a mail's subject
    lines = models.JSONField(default=list)  # the ten lines of the first page

    class Meta:
        db_table = "brief"
        constraints = [
            UniqueConstraint(fields=["schedule", "week"], name="brief_of_schedule_once_a_week"),
            CheckConstraint(name="brief_kind", condition=Q(kind__in=["weekly", "incident"])),
            CheckConstraint(name="brief_state", condition=Q(state__in=["waiting", "being made", "made", "failed"])),
            CheckConstraint(name="brief_scope", condition=Q(scope_kind__in=["fleet", "environment", "query"])),
        ]
        indexes = [
            Index(fields=["-asked_at", "-id"], name="brief_newest"),
            # What the job that makes them looks for every other second: nearly always nothing.
            Index(fields=["asked_at"], name="brief_open", condition=Q(state__in=["waiting", "being made"])),
        ]


class BriefFile(models.Model):
    """The documents of a brief that is made. PDF and zip are compressed: PostgreSQL is told not to try again."""

    brief = models.OneToOneField(Brief, models.CASCADE, primary_key=True, related_name="files")
    pdf = models.BinaryField()
    json = models.BinaryField()
    csv = models.BinaryField()  # a zip of one CSV a part

    class Meta:
        db_table = "brief_file"


class BriefMail(models.Model):
    """A brief on its way to one recipient."""

    class State(models.TextChoices):
        WAITING = "waiting"  # for the brief, or for its next try
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="mails")
    recipient = models.TextField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    tries = models.SmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    last_error = models.TextField(default="")
    message_id = models.TextField()  # the same in every try
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "brief_mail"
        constraints = [
            UniqueConstraint(fields=["brief", "recipient"], name="brief_mail_once"),
            CheckConstraint(name="brief_mail_state", condition=Q(state__in=["waiting", "sending", "sent", "failed"])),
        ]
        indexes = [Index(fields=["next_try_at"], name="brief_mail_open", condition=Q(state__in=["waiting", "sending"]))]
