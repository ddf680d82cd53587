"""The short way to a door: a POST at a door's path is answered before Django makes a request of it.

Sessions, log-ins, pages and their middleware have nothing to say to a sender, and would cost more than the receipt of
its report does. What is answered is the same: `views.answer_post` decides it on both ways.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from reports.adapters.discovery import doors
from reports.intake.views import CHALLENGE, answer_post

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_STATUS_LINES: Final = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


def doors_first(application: WSGIApplication) -> WSGIApplication:
    """`application`, with the doors in front of it."""
    names = {f"/{path}": name for name, (_, door) in doors().items() for path in door.paths}

    def respond(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        name = names.get(environ.get("PATH_INFO", ""))
        if name is None or environ["REQUEST_METHOD"] != "POST":
            return application(environ, start_response)
        return _answer(name, environ, start_response)

    return respond


def _answer(door_name: str, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    answer = answer_post(door_name, environ)
    headers = [
        ("Content-Type", answer.content_type),
        ("Content-Length", str(len(answer.body))),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if answer.status == HTTPStatus.UNAUTHORIZED:
        headers.append(("WWW-Authenticate", CHALLENGE))
    start_response(_STATUS_LINES[answer.status], headers)
    return [answer.body]
