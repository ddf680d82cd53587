"""Make a token: a form, and the one answer that shows the token, with the lines that carry it."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reports.adapters.discovery import adapters
from reports.errors import BadQuestion
from reports.intake.setup import senders_file
from reports.intake.tables import Token
from reports.intake.tokens import Grant, Maker, is_name_taken, issue_token, tell_doors, was_sent_before
from reports.pages.asked import text_asked
from reports.pages.forwarding import Place, ToolSetup, find_place, lay_out_ways
from reports.pages.links import MAIN_SITE
from reports.pages.page import Page, show
from reports.pages.tokens import SCOPES, check_may_make
from reports.people.audit import Act, record_act

EXPIRIES: Final = {"30": "in 30 days", "90": "in 90 days", "365": "in a year", "730": "in two years", "never": "never"}
USUAL_EXPIRY: Final = "365"
# It stands in front of the token in addresses that tools are given, where no percent escape is read.
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_NO_NUL: Final = {"null_characters_not_allowed": "No NUL characters."}


class TokenForm(forms.Form):
    """What a token is to be good for. `tool` and `site` are of senders."""

    key = forms.UUIDField()
    name = forms.CharField(max_length=100, error_messages={"required": "Say who will use it.", **_NO_NUL})
    tool = forms.ChoiceField(required=False, error_messages={"invalid_choice": "There is no such tool."})
    site = forms.CharField(required=False, max_length=100, error_messages=_NO_NUL)
    expires = forms.ChoiceField(
        choices=list(EXPIRIES.items()),
        error_messages={"required": "Say when it ends.", "invalid_choice": "Choose one of these."},
    )

    def __init__(self, data: QueryDict | None, *, request: HttpRequest, scope: str) -> None:
        tool = text_asked(request.GET, "tool") or ""
        super().__init__(data, initial={"key": uuid.uuid4(), "expires": USUAL_EXPIRY, "site": MAIN_SITE, "tool": tool})
        self.scope, self.request = scope, request
        tools = forms.ChoiceField(choices=[("", "any"), *((adapter.tool, adapter.label) for adapter in adapters())])
        self.fields["tool"].choices = tools.choices  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """A word that fits into an address, and that is nobody else's."""
        name: str = self.cleaned_data["name"]
        if not _NAME.fullmatch(name):
            raise forms.ValidationError("Letters, digits, dots, dashes and underscores, without spaces.")
        if is_name_taken(Grant(name, self.scope), Maker("", uuid.uuid4(), self._reads_as())):
            raise forms.ValidationError("Somebody else's token goes by this name: choose another.")
        return name

    def grant(self, now: datetime) -> Grant:
        """What is to be made, once the form is valid."""
        told, sends = self.cleaned_data, self.scope == Token.Scope.SEND
        return Grant(
            name=told["name"],
            scope=self.scope,
            tool=(told["tool"] or None) if sends else None,
            site=(told["site"] or MAIN_SITE) if sends else MAIN_SITE,
            expires_at=None if told["expires"] == "never" else now + timedelta(days=int(told["expires"])),
        )

    def maker(self) -> Maker:
        """Who makes it. A sender's token is nobody's own: it goes on when its maker has left."""
        return Maker(self.request.user.get_username(), self.cleaned_data["key"], self._reads_as())

    def _reads_as(self) -> int | None:
        return self.request.user.pk if self.scope == Token.Scope.READ else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenFormPage(Page):
    """`scope` is what the token may do: send or read."""

    form: TokenForm
    scope: str
    tools: tuple[tuple[str, str], ...]
    expiries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenMadePage(Page):
    """`token` stands in this answer and nowhere else. `tools`: the lines that send with it."""

    grant: Grant
    token: str
    place: Place
    tools: tuple[ToolSetup, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def make_token(request: HttpRequest) -> HttpResponse:
    """The form at `/tokens/make/?scope=read|send`, and its answer. Loaded anew, the answer makes no second token."""
    scope, now = _scope_asked(request.GET), timezone.now()
    check_may_make(request, scope)
    form = TokenForm(request.POST if request.method == "POST" else None, request=request, scope=scope)
    if request.method == "POST":
        if was_sent_before(_key_sent(request.POST)):
            return _made_before(request)
        if form.is_valid():
            return _make(request, form, now)
    page = TokenFormPage(
        title="New token for a sender" if scope == Token.Scope.SEND else "New token for reading",
        section="tokens",
        now=now,
        form=form,
        scope=scope,
        tools=tuple((adapter.tool, adapter.label) for adapter in adapters()),
        expiries=tuple(EXPIRIES.items()),
    )
    return show(request, "token_form", page, status=400 if form.errors else 200)


def _make(request: HttpRequest, form: TokenForm, now: datetime) -> HttpResponse:
    grant, maker = form.grant(now), form.maker()
    try:
        with transaction.atomic():
            token = issue_token(grant, maker)
            until = None if grant.expires_at is None else grant.expires_at.isoformat(timespec="minutes")
            record_act(
                request, Act.TOKEN_MADE, grant.name, scope=grant.scope, tool=grant.tool, site=grant.site, until=until
            )
    except IntegrityError:
        return _made_before(request)  # the button was pressed twice at once
    if grant.scope == Token.Scope.SEND:
        tell_doors(senders_file(), now=now)
    place = find_place(
        request.build_absolute_uri("/"), public_url=settings.FLEETVIEW_URL, tls_bind=settings.FLEETVIEW_TLS_BIND
    )
    page = TokenMadePage(
        title=f"Token of {grant.name}",
        section="tokens",
        now=now,
        grant=grant,
        token=token,
        place=place,
        tools=_lay_out(grant, token, place) if grant.scope == Token.Scope.SEND else (),
    )
    return show(request, "token_made", page)


def _lay_out(grant: Grant, token: str, place: Place) -> tuple[ToolSetup, ...]:
    return tuple(
        lay_out_ways(adapter, place, sender=grant.name, token=token)
        for adapter in adapters()
        if grant.tool in (None, adapter.tool)
    )


def _made_before(request: HttpRequest) -> HttpResponse:
    messages.info(request, "That form has made its token already, and it was shown then. If it is lost, make another.")
    return HttpResponseRedirect(reverse("tokens"))


def _key_sent(sent: QueryDict) -> UUID:
    try:
        return UUID(sent.get("key", ""))
    except ValueError as error:
        raise BadQuestion("key: load the form anew and send that one") from error


def _scope_asked(query: QueryDict) -> str:
    scope = text_asked(query, "scope") or Token.Scope.READ.value
    if scope not in SCOPES:
        raise BadQuestion(f"scope: there is no {scope[:80]}; choose from {', '.join(SCOPES)}")
    return scope
