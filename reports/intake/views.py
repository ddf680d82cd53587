"""The doors over HTTP: the only place that turns a Refusal into an answer."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from reports.adapters.contract import Answer, Door
from reports.errors import Refusal
from reports.intake import setup
from reports.intake.reception import receive


@csrf_exempt
@login_not_required
def take_report(request: HttpRequest, door_name: str) -> HttpResponse:
    """POST: a report, answered as its sender insists. GET: only what the door declares."""
    gate = setup.gates()[door_name]
    if request.method != "POST":
        return _answer_other(request, gate.door)
    try:
        receive(gate, setup.cloakroom(), request.META, datetime.now(UTC))
    except Refusal as refusal:
        return _refuse(refusal)
    return _answer(gate.door.accepted)


@login_not_required
def answer_get(request: HttpRequest, door_name: str) -> HttpResponse:
    """A path that senders only ever ask. What is answered is the same for everybody, so nobody is asked who it is."""
    return _answer_other(request, setup.gates()[door_name].door)


def _answer_other(request: HttpRequest, door: Door) -> HttpResponse:
    path = request.path.lstrip("/")
    declared = next((get.answer for get in door.gets if re.fullmatch(get.path, path)), None)
    if declared and request.method in ("GET", "HEAD"):
        return _answer(declared)
    response = _detail("this is a door for reports: POST them here", 405)
    allowed = ["GET", "HEAD"] if declared else []
    response["Allow"] = ", ".join(allowed + (["POST"] if path in door.paths else []))
    return response


def _answer(answer: Answer) -> HttpResponse:
    return HttpResponse(answer.body, content_type=answer.content_type, status=answer.status)


def _refuse(refusal: Refusal) -> HttpResponse:
    response = _detail(str(refusal), refusal.status)
    if refusal.status == 401:
        response["WWW-Authenticate"] = 'Basic realm="Fleetview", Bearer realm="Fleetview"'
    return response


def _detail(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(json.dumps({"detail": sentence}), content_type="application/json", status=status)
