"""Whether the doors are open: asked by load balancers every few seconds, so it touches no database."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """200 as soon as this process answers. Says nothing about PostgreSQL: reports are taken without it."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
