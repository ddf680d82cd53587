"""The tables of the doors: who may send or read, what was refused, what came in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint
from django.db.models.functions import Now


class Token(models.Model):
    """A credential with one scope: a random token, of which only the SHA-256 is kept, or a client certificate's name.

    A name may have several tokens at once, so that one can be replaced without a gap.
    """

    class Scope(models.TextChoices):
        SEND = "send"
        READ = "read"

    name = models.TextField()
    scope = models.TextField(choices=Scope.choices)
    digest = models.TextField(null=True)  # SHA-256 of the token, hex
    certificate = models.TextField(null=True)  # common name; "*": any name that our CA signed, for itself alone
    tool = models.TextField(null=True)  # bound to this tool's doors; NULL: any
    site = models.TextField(default="main")  # namespace of the node names it sends
    organization = models.TextField(null=True)  # the sender's own; another one in a report is a site of its own
    # With whose eyes a read token sees: it ends with that login. NULL: made on the command line, sees everything.
    # Tokens for senders have none, for nodes go on sending when whoever made the token has left.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="tokens")
    made_by = models.TextField(db_default="")  # login name as it was then; "": on the command line
    form_key = models.UUIDField(null=True)  # of the form it was made with: sent twice, it makes one token
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "token"
        constraints = [
            CheckConstraint(name="token_scope", condition=Q(scope__in=["send", "read"])),
            CheckConstraint(
                name="token_one_credential",
                condition=Q(digest__isnull=False, certificate__isnull=True)
                | Q(digest__isnull=True, certificate__isnull=False),
            ),
            CheckConstraint(name="token_owner_reads", condition=Q(owner__isnull=True) | Q(scope="read")),
            UniqueConstraint(fields=["digest"], name="token_digest"),
            UniqueConstraint(fields=["form_key"], name="token_form_key"),
        ]


class Refused(models.Model):
    """A report that could not be read. Its bytes lie in the refused folder of the machine that took it in."""

    id = models.UUIDField(primary_key=True)
    received_at = models.DateTimeField()
    refused_at = models.DateTimeField()
    door = models.TextField()
    sender = models.TextField()
    site = models.TextField()
    machine = models.TextField()  # host name of the machine that keeps the bytes
    size = models.BigIntegerField()  # bytes as sent
    reason = models.TextField()

    class Meta:
        db_table = "refused"
        indexes = [Index(fields=["-received_at", "id"], name="refused_received")]  # newest first


class IntakeDay(models.Model):
    """What came in at one door from one sender in one day (UTC)."""

    day = models.DateField()
    door = models.TextField()
    sender = models.TextField()
    stored = models.BigIntegerField(default=0)  # reports that gave at least one new run or inventory
    duplicates = models.BigIntegerField(default=0)  # reports whose runs were all known
    ignored = models.BigIntegerField(default=0)  # accepted and left aside on purpose
    refused = models.BigIntegerField(default=0)
    shed = models.BigIntegerField(default=0)  # dropped at the door under pressure
    bytes = models.BigIntegerField(default=0)  # as sent
    last_received_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "intake_day"
        constraints = [UniqueConstraint(fields=["day", "door", "sender"], name="intake_day_key")]
