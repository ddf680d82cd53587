"""Who may read: the bearer of a token with scope read, or a person who is logged in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from drf_spectacular.authentication import SessionScheme
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from reports.intake.digest import digest_of
from reports.intake.tables import Token
from reports.intake.tokens import touch_token, valid_tokens
from reports.people.backend import find_person
from reports.people.looking import look_as
from reports.people.sight import EVERYTHING, Sight, sight_of


@dataclass(frozen=True, slots=True)
class Reader:
    """The program behind a read token; what views and permissions see as the user."""

    name: str
    is_authenticated: bool = True
    is_active: bool = True


class ReadToken(BaseAuthentication):
    """`Authorization: Bearer <token>`. Any other scheme is left to the session of a logged-in person."""

    def authenticate(self, request: Request) -> tuple[Reader, Token] | None:
        """The reader; None without a bearer token. Unknown, expired, revoked: 401. A token that may only send: 403."""
        scheme, _, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        token = _find_token(secret.strip())
        if token is None:
            raise AuthenticationFailed(
                "This token is not known, has expired or was revoked. "
                "A new one is made by: manage.py issue_token NAME --scope read"
            )
        if token.scope != Token.Scope.READ:
            raise PermissionDenied(
                f"The token of {token.name} may only send reports. "
                f"To read, make one by: manage.py issue_token {token.name} --scope read"
            )
        sight = _sight_behind(token)
        if sight is None:
            raise AuthenticationFailed("Whoever made this token may not log in any more, so it opens nothing.")
        touch_token(token, now=timezone.now())
        look_as(request._request, sight)
        return Reader(token.name), token

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 - DRF's signature
        """What a client without a credential is told to bring; it also turns the refusal into a 401."""
        return 'Bearer realm="Fleetview"'


class LoggedIn(SessionAuthentication):
    """A person in the browser, with that person's eyes."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        found = super().authenticate(request)
        if found:
            look_as(request._request, sight_of(found[0]))
        return found


class ReadTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the schema tells of the token."""

    target_class = ReadToken
    name = "readToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, Any]:  # noqa: ARG002
        """A bearer token, opaque."""
        return {"type": "http", "scheme": "bearer", "description": "A token made with `--scope read`."}


class LoggedInScheme(SessionScheme):  # type: ignore[no-untyped-call]
    """The same as of any session."""

    target_class = LoggedIn  # type: ignore[assignment]


def _sight_behind(token: Token) -> Sight | None:
    """A token of a person sees what that person sees, and nothing once the login is no more; others see all."""
    if token.owner_id is None:
        return EVERYTHING
    owner = find_person(token.owner_id)
    return sight_of(owner) if owner is not None and owner.is_active else None


def _find_token(secret: bytes) -> Token | None:
    """The valid token with this secret. Looked up by digest, so that the time it takes tells nothing of the secret."""
    return valid_tokens(timezone.now()).filter(digest=digest_of(secret.decode("utf-8", "surrogateescape"))).first()
