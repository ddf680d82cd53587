"""A whole list as a file: exactly what is filtered and sorted, every row of it, streamed.

Each batch of rows is asked for by itself, from where the one before ended: no statement runs for long, and no
transaction is held while somebody's line is slow. When the client goes away, the next batch is never asked for.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from django.http import HttpRequest, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.paging import Slice, walk
from reports.pages.columns import Column
from reports.pages.listing import Listing, read_question
from reports.pages.muted_rows import with_mutes
from reports.pages.table_file import Writer, write_csv, write_json
from reports.pages.table_head import columns_asked

BATCH: Final = 500

# What a query string asks for, as a walk over its rows: from a cursor to the batch that begins there.
Find: TypeAlias = Callable[[str | None], Slice[Any]]
View: TypeAlias = Callable[[HttpRequest], HttpResponseBase]
Open: TypeAlias = Callable[[QueryDict, datetime], Find]

_KINDS: Final[dict[str, tuple[str, Writer]]] = {
    "csv": ("text/csv; charset=utf-8", write_csv),
    "json": ("application/json", write_json),
}


def export_paths(
    page: str, columns: Sequence[Column], opens: Open, *, guard: Callable[[View], View] = lambda view: view
) -> list[URLPattern]:
    """`<page>/export.csv` and `<page>/export.json`; `guard` is the decorator of a page that is not for everybody."""
    views = {kind: guard(_view(page, kind, columns, opens)) for kind in _KINDS}
    return [path(f"{page}/export.{kind}", view, name=f"{page}_{kind}") for kind, view in views.items()]


def open_list(listing: Listing) -> Open:
    """The walk over a list, in the order that is asked for; a cursor in the query string means nothing here."""

    def opens(query: QueryDict, now: datetime) -> Find:
        question = read_question(listing, query, now)

        def find(cursor: str | None) -> Slice[Any]:
            return listing.find(replace(question, cursor=cursor, limit=BATCH))

        return with_mutes(find, listing.about, now) if listing.about else find

    return opens


def _view(page: str, kind: str, columns: Sequence[Column], opens: Open) -> View:
    @require_safe
    def export(request: HttpRequest) -> HttpResponseBase:
        now = timezone.now()
        asked = columns_asked(columns, request.GET) or tuple(columns)
        batches = walk(opens(request.GET, now))
        first = next(batches)  # before anything is sent: a question that means nothing is refused on a page
        content_type, write = _KINDS[kind]
        body: Iterator[bytes] = write(asked, itertools.chain([first], batches)) if request.method == "GET" else iter(())
        response = StreamingHttpResponse(body, content_type=content_type)
        name = f"{page.replace('/', '-')}-{now.astimezone(UTC):%Y-%m-%d}.{kind}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response

    return export
