"""Give, trust and take back credentials; and tell the doors of this machine at once."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from reports.errors import NothingFound
from reports.intake.digest import digest_of, new_token
from reports.intake.senders import Sender, write_senders
from reports.intake.tables import Token

logger = logging.getLogger(__name__)

_TOUCH_EVERY: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Grant:
    """What a credential allows. `tool` None: any; `organization` None: the first that its reports name."""

    name: str
    scope: str
    tool: str | None = None
    site: str = "main"
    organization: str | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes a token on a page, and by which form. `reads_as`: with whose eyes the token of a reader sees."""

    name: str
    form_key: UUID
    reads_as: int | None = None


def issue_token(grant: Grant, maker: Maker | None = None) -> str:
    """A new token for `grant`. This is the only time that anybody sees it: the database keeps its digest."""
    token = new_token()
    _create(grant, maker, digest=digest_of(token))
    return token


def was_sent_before(form_key: UUID) -> bool:
    """Whether this form has made its token already: a page that is loaded anew sends its form again."""
    return Token.objects.filter(form_key=form_key).exists()


def is_name_taken(grant: Grant, maker: Maker) -> bool:
    """Whether somebody else's credentials go by this name: whoever takes back one name takes back all of it."""
    own = {"scope": grant.scope, "owner_id": maker.reads_as}
    return Token.objects.filter(name=grant.name, revoked_at__isnull=True).exclude(**own).exists()


def trust_certificate(grant: Grant, common_name: str) -> None:
    """Let the holder of a client certificate send; "*": every name that our CA signed, for itself alone."""
    _create(grant, certificate=common_name)


def revoke_tokens(name: str, *, now: datetime, but_newest: bool = False) -> int:
    """Take back every credential of this name, or all but the newest that may do each thing; how many.

    NothingFound where none is valid.
    """
    valid = Token.objects.filter(name=name, revoked_at__isnull=True)
    newest = list(valid.order_by("scope", "-created_at", "-id").distinct("scope").values_list("id", flat=True))
    if not newest:
        raise NothingFound(f"no credential of {name!r} is valid")
    return (valid.exclude(id__in=newest) if but_newest else valid).update(revoked_at=now)


def revoke_token(token_id: int, *, now: datetime) -> bool:
    """Take back one credential; False where it is taken back already."""
    return Token.objects.filter(pk=token_id, revoked_at__isnull=True).update(revoked_at=now) > 0


def tell_doors(path: Path, *, now: datetime) -> None:
    """Let the doors of this machine know at once; where the snapshot cannot be written, the drain will in seconds."""
    try:
        publish_senders(path, now=now)
    except OSError:
        logger.exception("The snapshot of senders could not be written; the drain tries again.")


def publish_senders(path: Path, *, now: datetime) -> None:
    """Write the snapshot that the doors of this machine read."""
    write_senders(path, [_sender(token) for token in valid_tokens(now).order_by("id")])


def valid_tokens(now: datetime) -> QuerySet[Token]:
    """All that are neither expired nor revoked."""
    return Token.objects.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now), revoked_at__isnull=True)


def touch_token(token: Token, *, now: datetime) -> None:
    """Remember that a read token was used: at most once a minute, so that a busy reader costs no write a request."""
    limit = now - _TOUCH_EVERY
    if token.last_used_at is None or token.last_used_at < limit:
        rows = Token.objects.filter(Q(last_used_at__isnull=True) | Q(last_used_at__lt=limit), pk=token.pk)
        rows.update(last_used_at=now)


def _create(
    grant: Grant, maker: Maker | None = None, *, digest: str | None = None, certificate: str | None = None
) -> None:
    Token.objects.create(
        name=grant.name,
        scope=grant.scope,
        tool=grant.tool,
        site=grant.site,
        organization=grant.organization,
        expires_at=grant.expires_at,
        digest=digest,
        certificate=certificate,
        made_by=maker.name if maker else "",
        form_key=maker.form_key if maker else None,
        owner_id=maker.reads_as if maker else None,
    )


def _sender(token: Token) -> Sender:
    return Sender(
        id=token.pk,
        name=token.name,
        scope=token.scope,
        site=token.site,
        digest=token.digest,
        certificate=token.certificate,
        tool=token.tool,
        organization=token.organization,
        expires_at=token.expires_at,
    )
