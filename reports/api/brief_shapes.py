"""How briefs look in the read API."""

from __future__ import annotations

from rest_framework.fields import (
    BooleanField,
    CharField,
    ChoiceField,
    DateTimeField,
    IntegerField,
    ListField,
)
from rest_framework.serializers import Serializer

from reports.weekly.archive import BriefLine, MailLine
from reports.weekly.tables import Brief, BriefMail


class BriefMailSerializer(Serializer[MailLine]):
    """A mail to one recipient."""

    recipient = CharField()
    state = ChoiceField(choices=BriefMail.State.values)
    tries = IntegerField()
    next_try_at = DateTimeField(allow_null=True)
    last_error = CharField(help_text="In the mail server's own words; empty where it said nothing.")
    sent_at = DateTimeField(allow_null=True)


class BriefSerializer(Serializer[BriefLine]):
    """A brief that was ordered, and what became of it."""

    id = IntegerField()
    kind = ChoiceField(choices=Brief.Kind.values)
    week = CharField(allow_null=True, help_text="As 2026-W47; of a weekly brief.")
    since = DateTimeField(allow_null=True, help_text="Of the window of an incident.")
    until = DateTimeField(allow_null=True)
    scope = CharField(help_text="What it is of, in words.")
    is_part = BooleanField(help_text="Whether it holds only the part of the fleet that who asked for it sees.")
    paper = CharField()
    asked_by = CharField(help_text="A login name, or the name of a schedule.")
    is_scheduled = BooleanField()
    asked_at = DateTimeField()
    state = ChoiceField(choices=Brief.State.values)
    per_cent = IntegerField()
    error = CharField()
    made_at = DateTimeField(allow_null=True)
    version = CharField(help_text="Of the Fleetview that made it.")
    pages = IntegerField(allow_null=True)
    pdf_bytes = IntegerField(allow_null=True)
    headline = CharField()
    lines = ListField(child=CharField())
    mails = BriefMailSerializer(many=True)
