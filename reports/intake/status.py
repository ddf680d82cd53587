"""How the intake is doing, for the page and the API: sums of small rows and one look at this machine's spool."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, Sum

from reports.intake.setup import spool
from reports.intake.tables import IntakeDay, Token

_SUMS = ("stored", "duplicates", "ignored", "refused", "shed", "bytes")


@dataclass(frozen=True, slots=True)
class IntakeNumbers:
    """Reports since the beginning. `accepted` is all that a door answered with success, so it is the sum of the rest.

    `pending` and `oldest_pending_seconds` speak of this machine's spool; the age is None where nothing waits.
    """

    accepted: int
    stored: int
    duplicates: int
    ignored: int
    refused: int
    shed: int
    pending: int
    bytes: int
    oldest_pending_seconds: float | None


@dataclass(frozen=True, slots=True)
class SenderSeen:
    """One sender at one door: what it sent in all, and when last."""

    sender: str
    door: str
    stored: int
    duplicates: int
    ignored: int
    refused: int
    shed: int
    bytes: int
    last_received_at: datetime | None


@dataclass(frozen=True, slots=True)
class Credential:
    """A token or certificate as a page may show it: never the token, nor its digest."""

    id: int
    name: str
    scope: str
    tool: str | None
    site: str
    made_by: str  # "": on the command line
    organization: str | None
    certificate: str | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None

    @classmethod
    def of(cls, token: Token) -> Credential:
        """What a row may tell."""
        return cls(**{field: getattr(token, field) for field in cls.__dataclass_fields__})

    def is_valid(self, now: datetime) -> bool:
        """Whether it opens anything."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)

    def standing(self, now: datetime) -> str:
        """In a word, what it is worth now."""
        if self.revoked_at is not None:
            return "revoked"
        return "valid" if self.is_valid(now) else "expired"


def count_intake(now: datetime) -> IntakeNumbers:
    """The numbers of all doors together."""
    sums = IntakeDay.objects.aggregate(**{name: Sum(name) for name in _SUMS})
    stored, duplicates, ignored, refused, shed, size = (int(sums[name] or 0) for name in _SUMS)
    waiting = spool().weigh()
    return IntakeNumbers(
        accepted=stored + duplicates + ignored + refused + shed + waiting.files,
        stored=stored,
        duplicates=duplicates,
        ignored=ignored,
        refused=refused,
        shed=shed,
        pending=waiting.files,
        bytes=size,
        oldest_pending_seconds=_age(waiting.oldest_ns, now),
    )


def _age(since_ns: int | None, now: datetime) -> float | None:
    return None if since_ns is None else max(0.0, now.timestamp() - since_ns / 1e9)


def list_senders() -> list[SenderSeen]:
    """Every sender at every door, the one heard of last first."""
    rows = (
        IntakeDay.objects.values("sender", "door")
        .annotate(
            seen=Max("last_received_at"),
            stored_sum=Sum("stored"),
            duplicates_sum=Sum("duplicates"),
            ignored_sum=Sum("ignored"),
            refused_sum=Sum("refused"),
            shed_sum=Sum("shed"),
            bytes_sum=Sum("bytes"),
        )
        .order_by(F("seen").desc(nulls_last=True), "sender", "door")
    )
    return [
        SenderSeen(
            sender=row["sender"],
            door=row["door"],
            last_received_at=row["seen"],
            stored=row["stored_sum"],
            duplicates=row["duplicates_sum"],
            ignored=row["ignored_sum"],
            refused=row["refused_sum"],
            shed=row["shed_sum"],
            bytes=row["bytes_sum"],
        )
        for row in rows
    ]


def list_credentials() -> list[Credential]:
    """All of them, by name; revoked ones too, so that a page can say since when."""
    fields = Credential.__dataclass_fields__
    return [Credential(**row) for row in Token.objects.order_by("name", "-created_at").values(*fields)]
