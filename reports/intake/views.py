"""The doors over HTTP: the only place that turns a Refusal into an answer."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from reports.adapters.contract import Answer
from reports.errors import Refusal, UnknownTool
from reports.intake import setup
from reports.intake.body import discard_body
from reports.intake.reception import receive


@csrf_exempt
@login_not_required
def take_report(request: HttpRequest, door_name: str) -> HttpResponse:
    """POST: a report, answered as its sender insists. GET: only what the door declares."""
    if request.method != "POST":
        return answer_get(request, door_name, request.path.lstrip("/"))
    answer = answer_post(door_name, request.META)
    response = _respond(answer)
    if answer.status == 401:
        response["WWW-Authenticate"] = CHALLENGE
    return response


@csrf_exempt
@login_not_required
def answer_get(request: HttpRequest, door_name: str, path: str) -> HttpResponse:
    """A question that senders ask, answered as declared: the same for everybody, so nobody is asked who it is."""
    door = setup.gates()[door_name].door
    declared = next((get for get in door.gets if re.fullmatch(get.path, path)), None)
    allowed = ["GET", "HEAD"] if declared else []
    if path in door.paths or (declared and declared.may_be_posted):
        allowed.append("POST")
    discard_body(request.META)
    if declared and request.method in allowed:
        return _respond(declared.answer)
    sentence = "this is a door for reports: POST them here" if path in door.paths else "this can only be asked for"
    response = _respond(_detail(sentence, 405))
    response["Allow"] = ", ".join(allowed)
    return response


@csrf_exempt
@login_not_required
def answer_nowhere(request: HttpRequest) -> HttpResponse:
    """What looks like a door and is none: whoever sends there has to hear of it, and not of a missing login."""
    discard_body(request.META)
    known = ", ".join(sorted(f"/{gate.door.paths[0]}" for gate in setup.gates().values()))
    nowhere = UnknownTool(f"there is no door at {request.path}; these are all: {known}")
    return _respond(_detail(str(nowhere), nowhere.status))


CHALLENGE = 'Basic realm="Fleetview", Bearer realm="Fleetview"'


def answer_post(door_name: str, environ: Mapping[str, Any]) -> Answer:
    """Take the report that a WSGI environ brings, and say what to answer."""
    gate = setup.gates()[door_name]
    try:
        receive(gate, setup.cloakroom(), environ, datetime.now(UTC))
    except Refusal as refusal:
        discard_body(environ)
        return _detail(str(refusal), refusal.status)
    return gate.door.accepted


def _respond(answer: Answer) -> HttpResponse:
    return HttpResponse(answer.body, content_type=answer.content_type, status=answer.status)


def _detail(sentence: str, status: int) -> Answer:
    return Answer(status, json.dumps({"detail": sentence}).encode())
