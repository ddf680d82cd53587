"""The choice of a list's columns, kept in a cookie of this browser: it costs no query and is nobody else's matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from reports.errors import BadQuestion
from reports.pages.changes import CHANGES
from reports.pages.columns import on_page
from reports.pages.listing import Listing
from reports.pages.nodes import NODES
from reports.pages.resources import RESOURCES
from reports.pages.runs import RUNS
from reports.pages.table_head import BETWEEN, COOKIE

LISTINGS: Final[Mapping[str, Listing]] = {listing.page: listing for listing in (NODES, RUNS, CHANGES, RESOURCES)}
_YEAR: Final = 365 * 24 * 3600


@require_POST
def columns(request: HttpRequest) -> HttpResponse:
    """Keep the columns ticked, or with `usual` forget the choice; then back to the same list."""
    listing = LISTINGS.get(request.POST.get("page", ""))
    if listing is None:
        raise BadQuestion(f"page: choose from {', '.join(LISTINGS)}")
    asked = QueryDict(request.POST.get("query", ""), mutable=True)
    asked.pop("columns", None)  # an address that names columns would go before the choice
    response = HttpResponseRedirect(f"{reverse(listing.page)}{'?' if asked else ''}{asked.urlencode()}")
    names = {column.name for column in on_page(listing.columns)}
    chosen = [name for name in request.POST.getlist("columns") if name in names]
    if "usual" in request.POST or not chosen:
        response.delete_cookie(COOKIE + listing.page)
    else:
        response.set_cookie(
            COOKIE + listing.page,
            BETWEEN.join(chosen),
            max_age=_YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response
