"""Tokens: everybody's own for reading, those of the senders for operators, and all of them for admins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from reports.analysis.paging import Keyset, take_slice
from reports.errors import BadQuestion, NothingFound
from reports.intake.setup import senders_file
from reports.intake.status import Credential
from reports.intake.tables import Token
from reports.intake.tokens import revoke_token, tell_doors, valid_tokens
from reports.pages.asked import Filter, Pager, Tab, drop_down, text_asked, turn_pages, turn_tabs
from reports.pages.page import Page, show
from reports.people.audit import Act, record_act
from reports.people.looking import sees_a_part
from reports.people.roles import Role, may

LINES = 100
NEWEST_FIRST: Final = Keyset((("created_at", datetime.fromisoformat), ("id", int)), is_descending=True)
SCOPES: Final = {"send": "send reports", "read": "read"}
STANDINGS: Final = {None: "valid", "all": "also expired and revoked"}


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token or certificate, what it is worth, and whether who looks may take it back."""

    credential: Credential
    standing: str
    is_valid: bool
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TokensPage(Page):
    """`may_send`: whether who looks may make tokens for senders, and sees them."""

    may_send: bool
    sees_all: bool
    tabs: tuple[Tab, ...]
    filters: tuple[Filter, ...]
    standing: str
    is_filtered: bool
    rows: tuple[TokenRow, ...]
    pager: Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokePage(Page):
    """Is this the one?"""

    row: TokenRow


@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    """The page at `/tokens/`."""
    return show(request, "tokens", build_tokens(request, timezone.now()))


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """The page at `/tokens/<id>/revoke/` asks once more, and its form takes the token back."""
    now = timezone.now()
    token = tokens_seen_by(request).filter(pk=token_id).first()
    if token is None:
        raise NothingFound("There is no such token, or it is not yours to take back.")
    if request.method != "POST":
        page = RevokePage(title=f"Revoke {token.name}", section="tokens", now=now, row=_row(token, request, now))
        return show(request, "token_revoke", page)
    with transaction.atomic():
        if is_new := revoke_token(token.pk, now=now):
            record_act(request, Act.TOKEN_REVOKED, token.name, scope=token.scope, token=token.pk, made_by=token.made_by)
    if token.scope == Token.Scope.SEND:
        tell_doors(senders_file(), now=now)
    messages.success(request, f"{token.name} opens nothing any more." if is_new else "That token was revoked already.")
    return HttpResponseRedirect(reverse("tokens"))


def build_tokens(request: HttpRequest, now: datetime) -> TokensPage:
    """Raises BadQuestion for a filter or cursor that means nothing."""
    query = request.GET
    scope, standing = _word_asked(query, "scope", tuple(SCOPES)), _word_asked(query, "standing", ("all",))
    wanted = tokens_seen_by(request)
    if scope:
        wanted = wanted.filter(scope=scope)
    if standing is None:
        wanted = wanted.filter(pk__in=valid_tokens(now))
    found = take_slice(wanted, NEWEST_FIRST, cursor=text_asked(query, "cursor"), limit=LINES)
    return TokensPage(
        title="Tokens",
        section="tokens",
        now=now,
        may_send=may_make_senders(request),
        sees_all=may(request.user, Role.ADMIN),
        tabs=turn_tabs(query, "standing", STANDINGS, chosen=standing),
        filters=(drop_down("scope", "May", SCOPES, chosen=scope),) if may_make_senders(request) else (),
        standing=standing or "",
        is_filtered=bool(scope or standing),
        rows=tuple(_row(token, request, now) for token in found.rows),
        pager=turn_pages(query, found),
    )


def tokens_seen_by(request: HttpRequest) -> QuerySet[Token]:
    """What somebody may look at and take back."""
    if may(request.user, Role.ADMIN):
        return Token.objects.all()
    own = Q(owner=request.user.pk)
    return Token.objects.filter(own | Q(scope=Token.Scope.SEND) if may_make_senders(request) else own)


def may_make_senders(request: HttpRequest) -> bool:
    """Whoever sends can tell of any node, so it takes an operator who sees the whole fleet."""
    return may(request.user, Role.OPERATOR) and not sees_a_part(request)


def check_may_make(request: HttpRequest, scope: str) -> None:
    """PermissionDenied, in words, where this is not for who asks."""
    if scope == Token.Scope.SEND and not may_make_senders(request):
        raise PermissionDenied("Tokens for senders are made by operators who see the whole fleet.")


def _row(token: Token, request: HttpRequest, now: datetime) -> TokenRow:
    credential = Credential.of(token)
    return TokenRow(credential, credential.standing(now), credential.is_valid(now), token.owner_id == request.user.pk)


def _word_asked(query: QueryDict, name: str, known: tuple[str, ...]) -> str | None:
    word = text_asked(query, name)
    if word is not None and word not in known:
        raise BadQuestion(f"{name}: there is no {word[:80]}; choose from {', '.join(known)}")
    return word
