"""Signing in at a provider by OpenID Connect: what we ask of django-allauth, and how little of it we let through.

No page, mail or message of allauth's is ever shown; whatever does not end in a login ends on our login page, which says
why. A login is known by the provider's `sub` alone: never by a name or a mail address, which somebody could choose.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

import jwt
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.adapter import get_adapter as social_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from reports.people.claims import Refusal, Rules, apply, free_name, groups_told, refuse

PROVIDER: Final = "sso"  # as the callback's address has it
ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_CLOCK_SECONDS: Final = 60  # that the provider's clock may be ahead of ours or behind


def is_on() -> bool:
    """Whether there is a provider."""
    return bool(settings.FLEETVIEW_OIDC_ISSUER)


def rules() -> Rules:
    """As the settings have them."""
    return Rules(
        claim=settings.FLEETVIEW_OIDC_GROUPS_CLAIM,
        allowed=frozenset(settings.FLEETVIEW_OIDC_ALLOWED_GROUPS),
        operators=frozenset(settings.FLEETVIEW_OIDC_OPERATOR_GROUPS),
        admins=frozenset(settings.FLEETVIEW_OIDC_ADMIN_GROUPS),
        joins_groups=settings.FLEETVIEW_OIDC_JOIN_GROUPS,
    )


def back_to_login(why: Refusal) -> HttpResponseRedirect:
    """The login page, which says so."""
    return HttpResponseRedirect(f"{reverse('login')}?{urlencode({'sso': why.value})}")


class Endpoint(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The provider's addresses and keys. Stricter than allauth's own: each answer has to come from whom we asked."""

    @property
    def openid_config(self) -> Mapping[str, Any]:
        """What the provider tells of itself. One that names another issuer is not the one that was set."""
        config: Mapping[str, Any] = super().openid_config
        if str(config.get("issuer", "")).rstrip("/") != settings.FLEETVIEW_OIDC_ISSUER.rstrip("/"):
            raise OAuth2Error("the provider calls itself by another issuer than FLEETVIEW_OIDC_ISSUER")
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:  # noqa: ARG002 - allauth's signature
        """By the public address, where there is one."""
        path = reverse("sso_callback")
        return f"{settings.FLEETVIEW_URL}{path}" if settings.FLEETVIEW_URL else request.build_absolute_uri(path)

    def complete_login(self, request: HttpRequest, app: SocialApp, token: object, **kwargs: Any) -> SocialLogin:  # noqa: ANN401 - allauth's signature
        """The person, by a signed token; with what the provider tells more of the same person."""
        claims = self._decode_id_token(app, kwargs["response"].get("id_token") or "")
        if "userinfo_endpoint" in self.openid_config:
            more = self._fetch_user_info(token.token)  # type: ignore[attr-defined]
            if more.get("sub") != claims["sub"]:
                raise OAuth2Error("the provider told of somebody else than it signed in")
            claims = {**claims, **more}
        login = self.get_provider().sociallogin_from_response(request, {"id_token": claims})
        login.claims = claims
        login.account.extra_data = {}  # none of it is kept
        login.email_addresses = []
        return login

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """Signed by one of the provider's keys, by it, for us, and not run out."""
        with social_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        try:
            keys = jwt.PyJWKSet.from_dict(answer.json()).keys
            wanted = jwt.get_unverified_header(id_token).get("kid")
            fitting = [key for key in keys if wanted in (None, key.key_id)]
            if len(fitting) != 1:
                raise OAuth2Error("the provider signed with a key that it does not show")
            return jwt.decode(
                id_token,
                fitting[0],
                algorithms=list(ALGORITHMS),
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                leeway=_CLOCK_SECONDS,
                options={"require": ["exp", "iat", "sub", "iss", "aud"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error(f"the provider's token is not good: {error}") from error


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    """The one provider there is."""

    oauth2_adapter_class = Endpoint


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """What happens here when somebody comes back from the provider."""

    def list_apps(
        self,
        request: HttpRequest,  # noqa: ARG002 - allauth's signature
        provider: str | None = None,  # noqa: ARG002
        client_id: str | None = None,  # noqa: ARG002
    ) -> list[SocialApp]:
        """By the settings alone: allauth's own would ask the database too."""
        if not is_on():
            return []
        app = SocialApp(
            provider=OpenIDConnectProvider.id,
            provider_id=PROVIDER,
            name=settings.FLEETVIEW_OIDC_NAME,
            client_id=settings.FLEETVIEW_OIDC_CLIENT_ID,
            secret=settings.FLEETVIEW_OIDC_CLIENT_SECRET,
            settings={
                "server_url": settings.FLEETVIEW_OIDC_ISSUER.rstrip("/") + "/.well-known/openid-configuration",
                "oauth_pkce_enabled": True,
                "scope": ["openid", *settings.FLEETVIEW_OIDC_SCOPES],
            },
        )
        return [app]

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Provider:
        """Ours, whatever it is asked by."""
        return Provider(request, app=self.get_app(request, provider, client_id))

    def on_authentication_error(
        self,
        request: HttpRequest,  # noqa: ARG002 - allauth's signature
        provider: object,  # noqa: ARG002
        error: str | None = None,
        **_more: object,
    ) -> None:
        """No page of allauth's."""
        raise ImmediateHttpResponse(
            back_to_login(Refusal.CANCELLED if error == AuthError.CANCELLED else Refusal.FAILED)
        )

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:  # noqa: ARG002
        """Who may not come in does not; who is known has the role and groups that are told now."""
        user = sociallogin.user if sociallogin.is_existing else None
        groups = groups_told(sociallogin.claims, rules().claim)
        why = refuse(user, groups, rules())
        if why is not None:
            raise ImmediateHttpResponse(back_to_login(why))
        if user is not None:
            apply(user, groups, rules())

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: object = None) -> User:  # noqa: ARG002
        """Somebody new: a login without a password."""
        user: User = sociallogin.user
        user.username = free_name(sociallogin.claims)
        user.email = ""
        user.set_unusable_password()
        sociallogin.save(request)
        apply(user, groups_told(sociallogin.claims, rules().claim), rules())
        return user


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The rest of allauth, kept quiet."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Who may come in is told from groups, before this is asked."""
        return True

    def get_login_stages(self) -> list[str]:
        """No mail to verify, no code to type: the provider has seen to that."""
        return []

    def add_message(self, *_args: object, **_more: object) -> None:
        """Nothing is said about what anybody sees."""

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponseRedirect:  # noqa: ARG002
        """No page of allauth's."""
        return back_to_login(Refusal.CLOSED)
