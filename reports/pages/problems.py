"""Pages for what went wrong: 400, 403, 404, 500, 503. Each says what to do next."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from reports.errors import BadQuery, BadQuestion, NothingFound
from reports.pages.page import Page, render_page
from reports.pages.query_field import QueryField, QueryProblem
from reports.people.looking import is_somebody
from reports.search.subjects import NODES, SUBJECTS

_RESET: Final = frozenset({"q", "cursor"})  # what a mended query does not carry along

Respond = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemPage(Page):
    """`detail` may hold a part of the address, so it is untrusted text.

    `has_navigation` for who is known already: to find out who asks takes the database.
    """

    status: int
    detail: str
    has_navigation: bool


def show_problem(request: HttpRequest, status: int, title: str, detail: str) -> HttpResponse:
    """A page that needs no database: it is shown when there is none, too."""
    page = ProblemPage(
        title=title,
        section="",
        now=timezone.now(),
        status=status,
        detail=detail,
        has_navigation=status < HTTPStatus.INTERNAL_SERVER_ERROR and is_somebody(request),
    )
    return render_page(request, "problem", page, status=status)


@dataclass(frozen=True, slots=True, kw_only=True)
class BadQueryPage(Page):
    """The query with its wrong word marked, to be mended there. `others`: what the address asks beside it."""

    field: QueryField
    others: tuple[tuple[str, str], ...]


def show_bad_query(request: HttpRequest, error: BadQuery) -> HttpResponse:
    """The list as it was asked for cannot be shown; its query can."""
    text = request.GET.get("q", "")
    place = (request.resolver_match and request.resolver_match.url_name) or ""
    page = BadQueryPage(
        title="A word of this query means nothing",
        section=place,
        now=timezone.now(),
        field=QueryField(_subject_of(place), text, QueryProblem.of(text, error)),
        others=tuple(
            (name, str(value)) for name, values in request.GET.lists() if name not in _RESET for value in values
        ),
    )
    return render_page(request, "bad_query", page, status=error.status)


def _subject_of(place: str) -> str:
    """What a query is about at the URL of this name, such as `runs_csv`: nodes, where no list says otherwise."""
    return next((name for name in SUBJECTS if place.startswith(name)), NODES.name)


class QuestionProblems:
    """Middleware: a question that means nothing or finds nothing becomes a page, wherever in a page it was raised."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, BadQuestion | NothingFound) and request.headers.get("HX-Request"):
            # htmx swaps no refusal into a page: the browser is sent to see it as a page of its own.
            return HttpResponse(status=exception.status, headers={"HX-Redirect": request.get_full_path()})
        if isinstance(exception, BadQuery):
            return show_bad_query(request, exception)
        if isinstance(exception, BadQuestion):
            return show_problem(request, 400, "That question means nothing here", str(exception))
        if isinstance(exception, NothingFound):
            return show_problem(request, 404, "Not found", str(exception))
        return None


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """400: the host name, a form or a header that Django itself refuses."""
    return show_problem(request, 400, "Bad request", "The request could not be understood.")


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403: what a view says when it refuses; Django's CSRF check calls it too, with a `reason` of no use to anybody."""
    detail = str(exception or "")
    return show_problem(
        request,
        403,
        "Not allowed",
        detail or "The form may have expired, or cookies are off: load the page anew and try again.",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """404: no such address."""
    return show_problem(request, 404, "Not found", "There is no page at this address.")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours; 503: no database. Django calls this while it handles the exception."""
    if isinstance(sys.exception(), (OperationalError, InterfaceError)):
        detail = "Load the page again in a moment. Reports are still taken in meanwhile: the doors do not need it."
        return show_problem(request, 503, "The database cannot be reached", detail)
    return show_problem(
        request,
        500,
        "Something broke",
        "The server's log says what. Reports are still taken in meanwhile: the doors do not need what pages need.",
    )
