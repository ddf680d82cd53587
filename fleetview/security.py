"""What every answer carries, and whom pages answer: headers, hosts, and how it is packed."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

Respond = Callable[[HttpRequest], HttpResponseBase]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",  # plotly paints heat-maps into images of its own
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def strict_headers(get_response: Respond) -> Respond:
    """Middleware: nothing runs or loads that is not ours. On every answer, errors included; no view can loosen it."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        return response

    return respond


def content_length(get_response: Respond) -> Respond:
    """Middleware: say how long an answer is, so that gunicorn need not chunk it for clients of every age."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        content = getattr(response, "content", None)  # a streaming answer has none
        if content is not None:
            response.headers.setdefault("Content-Length", str(len(content)))
        return response

    return respond


class CompressPages(GZipMiddleware):
    """Middleware: pages and the read API travel in gzip, a tenth of their size; doors answer plainly, to any client.

    Django adds a length by chance to each answer, so that its size does not give away what is secret in it (BREACH);
    the token of a form is masked anew in each answer besides.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        match = getattr(request, "resolver_match", None)
        if match is None or not getattr(match.func, "login_required", True):
            return response
        return super().process_response(request, response)


class LoginRequired(LoginRequiredMiddleware):
    """Middleware: a login for everything but what says it needs none; and for that, nobody looks who is there.

    Django's own looks up the person first, in the database, and a browser's probe of /healthz must not need one.
    """

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        if not getattr(view, "login_required", True):
            return None
        return super().process_view(request, view, args, kwargs)


class KnownHost:
    """Middleware: pages answer to the names in ALLOWED_HOSTS only; doors and health answer to any (see settings.py)."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[object, ...],  # noqa: ARG002 - Django's signature
        kwargs: dict[str, object],  # noqa: ARG002
    ) -> None:
        if getattr(view, "login_required", True):
            request.get_host()  # raises DisallowedHost, which Django answers with 400
