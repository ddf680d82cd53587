"""What a refused request is told: always `{"detail": a sentence}`, and for a query also where its wrong word stands."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import DisallowedHost
from django.db import OperationalError
from rest_framework import status
from rest_framework.exceptions import ErrorDetail, NotAuthenticated
from rest_framework.response import Response
from rest_framework.views import exception_handler

from reports.errors import BadQuery, BadQuestion, NothingFound

log = logging.getLogger(__name__)


def answer_error(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an error raised by a view; None leaves it to Django's own 500, which is logged with its trace."""
    match error:
        case BadQuery():
            told = {"detail": f"q: {error}", "at": [error.start, error.end]}
            return Response(told, status=error.status)
        case BadQuestion() | NothingFound():
            return Response({"detail": str(error)}, status=error.status)
        case DisallowedHost():
            detail = "This server does not go by that name; FLEETVIEW_ALLOWED_HOSTS lists the names it knows."
            return Response({"detail": detail}, status=status.HTTP_400_BAD_REQUEST)
        case NotAuthenticated():
            error.detail = ErrorDetail("Bring a token with scope read, as `Authorization: Bearer TOKEN`, or log in.")
            return exception_handler(error, context)
        case OperationalError():
            log.warning("read API: the database cannot be reached: %s", error)
            detail = "The database cannot be reached. Reports are still taken in; ask again in a moment."
            return Response({"detail": detail}, status=status.HTTP_503_SERVICE_UNAVAILABLE)
        case _:
            return exception_handler(error, context)
