"""On to the provider of logins, and back. A link leads there: a form may be sent to ourselves alone (form-action)."""

from __future__ import annotations

import logging
from typing import Final

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe
from requests import RequestException

from reports.errors import NothingFound
from reports.people.audit import Act, record_act
from reports.people.claims import Refusal
from reports.people.sign_on import PROVIDER, Endpoint, back_to_login, is_on

log = logging.getLogger(__name__)

SESSION_SECONDS: Final = 12 * 3600  # then the provider is asked anew who this is and may still be

SAID: Final = {
    Refusal.NOT_ALLOWED: "You have signed in, but none of your groups may use Fleetview. Ask whoever runs it.",
    Refusal.NO_GROUP: "You have signed in, but none of your groups is known to Fleetview. Ask whoever runs it.",
    Refusal.CLOSED: "This login is closed. Ask an admin of Fleetview to open it again.",
    Refusal.CANCELLED: "Signing in was cancelled.",
    Refusal.UNREACHABLE: "The server that knows the logins does not answer. Try again in a moment.",
    Refusal.FAILED: "Signing in did not work, or took too long. Try again.",
}


@require_safe
@login_not_required
def sso(request: HttpRequest) -> HttpResponseBase:
    """The link at `/login/sso/`: on to the provider."""
    _must_be_on()
    there = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    try:
        provider = get_adapter(request).get_provider(request, PROVIDER)
        answer: HttpResponse = provider.redirect(
            request, AuthProcess.LOGIN, next_url=there if is_ours and there else None
        )
    except (RequestException, OAuth2Error) as error:
        log.warning("single sign-on: %s", error)
        return back_to_login(Refusal.UNREACHABLE)
    return answer


@require_safe
@login_not_required
def sso_callback(request: HttpRequest) -> HttpResponseBase:
    """Back from the provider, at `/login/sso/callback/`: in, or to the login page that says why not."""
    _must_be_on()
    before = request.user.pk
    view = OAuth2CallbackView.adapter_view(Endpoint(request, PROVIDER))
    try:
        answer: HttpResponseBase = view(request)
    except RequestException as error:
        log.warning("single sign-on: %s", error)
        return back_to_login(Refusal.UNREACHABLE)
    except OAuth2Error as error:
        log.warning("single sign-on: %s", error)
        return back_to_login(Refusal.FAILED)
    if request.user.is_authenticated and request.user.pk != before:
        request.session.set_expiry(SESSION_SECONDS)
        record_act(request, Act.LOGIN, request.user.get_username(), by="single sign-on")
    return answer


def why_refused(code: str) -> str:
    """What the login page says; nothing for a word that is none of ours."""
    return SAID[Refusal(code)] if code in set(Refusal) else ""


def _must_be_on() -> None:
    if not is_on():
        raise NothingFound("Single sign-on is not set up.")
