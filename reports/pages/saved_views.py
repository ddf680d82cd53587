"""Saved views: links at the head of each list, and the page on which they are named anew, shared and deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reports.errors import BadQuestion
from reports.pages.page import Page, show
from reports.people.views import ViewLine, delete_view, list_views, rename_view, save_view, share_view

# The pages that can be saved, as people call them.
SAVED_PAGES: Final[Mapping[str, str]] = {
    "nodes": "Nodes",
    "runs": "Runs",
    "changes": "Changes",
    "resources": "Resources",
    "hotspots": "Hotspots",
    "incident": "Incident",
}


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A view and where it leads. `is_here`: it is what is shown now."""

    view: ViewLine
    link: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class ViewMenu:
    """The views of one page, and what would be saved of it now."""

    page: str
    query: str
    rows: tuple[ViewRow, ...]


@dataclass(frozen=True, slots=True)
class PageOfViews:
    """The views of one list."""

    page: str
    title: str
    rows: tuple[ViewRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewsPage(Page):
    """All views that somebody can see."""

    pages: tuple[PageOfViews, ...]


def menu_of(request: HttpRequest, page: str, query: str) -> ViewMenu:
    """What stands at the head of a list. One query."""
    return ViewMenu(page, query, tuple(_row(view, here=query) for view in list_views(request.user, page)))


def short_menu(page: str, query: str) -> ViewMenu:
    """The same without the views themselves, on a page that has no query to spare; a link leads to them."""
    return ViewMenu(page, query, ())


@require_safe
def views(request: HttpRequest) -> HttpResponse:
    """The page at `/views/`."""
    seen = [_row(view) for view in list_views(request.user)]
    pages = (
        PageOfViews(name, title, tuple(row for row in seen if row.view.page == name))
        for name, title in SAVED_PAGES.items()
    )
    page = ViewsPage(
        title="Saved views", section="views", now=timezone.now(), pages=tuple(one for one in pages if one.rows)
    )
    return show(request, "views", page)


@require_POST
def saved_view(request: HttpRequest) -> HttpResponse:
    """Keep the list under a name, and go on looking at it."""
    page = request.POST.get("page", "")
    if page not in SAVED_PAGES:
        raise BadQuestion(f"page: choose from {', '.join(SAVED_PAGES)}")
    query = _bare(request.POST.get("query", ""))
    is_shared = request.POST.get("shared") == "yes"
    save_view(request, page=page, name=request.POST.get("name", ""), query=query, is_shared=is_shared)
    return HttpResponseRedirect(_address(page, query))


@require_POST
def change_view(request: HttpRequest, key: int) -> HttpResponse:
    """Name, share or delete one's own view, as the button says that was pressed."""
    match request.POST.get("act"):
        case "rename":
            rename_view(request, key, request.POST.get("name", ""))
        case "share" | "unshare" as act:
            share_view(request, key, is_shared=act == "share")
        case "delete":
            delete_view(request, key)
        case _:
            raise BadQuestion("act: choose from rename, share, unshare, delete")
    return HttpResponseRedirect(reverse("views"))


def _of_page(rows: Iterable[ViewRow], page: str) -> Iterator[ViewRow]:
    return (row for row in rows if row.view.page == page)


def _row(view: ViewLine, *, here: str | None = None) -> ViewRow:
    return ViewRow(view, _address(view.page, view.query), view.query == here)


def _address(page: str, query: str) -> str:
    return f"{reverse(page)}{'?' if query else ''}{query}"


def _bare(query: str) -> str:
    """The query string as we would write it, without the page of the list that was shown."""
    asked = QueryDict(query, mutable=True)
    asked.pop("cursor", None)
    return asked.urlencode()
