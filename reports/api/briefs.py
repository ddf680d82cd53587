"""`/api/v1/briefs/`: the archive of briefs, and their documents. Briefs are ordered on pages: the API only reads."""

from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request

from reports.analysis.paging import Slice
from reports.api.brief_shapes import BriefSerializer
from reports.api.endpoint import REFUSALS, Asked, endpoint, list_endpoint
from reports.api.parameters import PAGING, read_query, word
from reports.api.shapes import ErrorSerializer
from reports.errors import NothingFound
from reports.weekly.archive import BriefFilter, BriefLine, find_brief, list_briefs
from reports.weekly.files import KINDS, find_document
from reports.weekly.tables import Brief

KIND = word("kind", tuple(Brief.Kind.values), "Briefs of a week, or of an incident.")
STATE = word("state", tuple(Brief.State.values), "How far they are.")
_BINARY = {(200, content_type): OpenApiTypes.BINARY for _, content_type in KINDS.values()}


@list_endpoint("briefs_list", BriefSerializer, known=(KIND, STATE, *PAGING))
def briefs(asked: Asked) -> Slice[BriefLine]:
    """Briefs, newest first: all of them for who sees the whole fleet, else those that one asked for oneself."""
    return list_briefs(BriefFilter(asked["kind"], asked["state"]), cursor=asked["cursor"], limit=asked["limit"])


@endpoint("brief_retrieve", BriefSerializer)
def brief(asked: Asked, brief_id: str) -> BriefLine:  # noqa: ARG001 - no parameter is known
    """One brief, and how its mails stand."""
    return find_brief(_read_id(brief_id))


@extend_schema(
    operation_id="brief_document_retrieve", responses={**_BINARY, 404: ErrorSerializer, **REFUSALS}, parameters=[]
)
@api_view(["GET", "HEAD"])
def brief_document(request: Request, brief_id: str, kind: str) -> HttpResponse:
    """One document of a brief that is made: `pdf`, `json`, or `csv`, which is a zip with a file for each part."""
    read_query(request.query_params, ())
    if kind not in KINDS:
        raise NothingFound(f"a brief comes as {', '.join(KINDS)}")
    document = find_document(_read_id(brief_id), kind)
    response = HttpResponse(document.body, content_type=document.content_type)
    response["Content-Disposition"] = f'attachment; filename="{document.name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _read_id(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise NothingFound("a brief goes by a number")
    return int(text)
