"""Saved views: a list as somebody wants to find it again. Everybody keeps their own; operators may share theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest

from reports.errors import BadQuestion, NothingFound
from reports.people.audit import Act, record_act
from reports.people.roles import Role, may
from reports.people.tables import SavedView
from reports.store.text import clean, clean_name

MOST_VIEWS: Final = 200  # of one person
MOST_CHARACTERS: Final = 100  # of a name
MOST_QUERY: Final = 4000  # characters of a query string; browsers and proxies take little more


@dataclass(frozen=True, slots=True)
class ViewLine:
    """A view. `page` is the name of its URL, `query` its query string. Names are somebody's words: untrusted."""

    id: int
    name: str
    page: str
    query: str
    owner: str
    is_own: bool
    is_shared: bool


def list_views(user: AbstractBaseUser | AnonymousUser, page: str | None = None) -> tuple[ViewLine, ...]:
    """The person's own views and those that others share, by name; of one page, or of all. One query."""
    seen = SavedView.objects.filter(Q(owner_id=user.pk) | Q(is_shared=True)).select_related("owner")
    if page is not None:
        seen = seen.filter(page=page)
    return tuple(_line(view, user) for view in seen.order_by("page", "name", "id"))


def save_view(request: HttpRequest, *, page: str, name: str, query: str, is_shared: bool) -> None:
    """Keep a view, in place of one's own of the same name. Raises BadQuestion."""
    name = _name(name)
    if len(query) > MOST_QUERY or clean(query) != query:
        raise BadQuestion(f"query: at most {MOST_QUERY:,} characters, as an address holds them")
    _check_sharing(request, is_shared=is_shared)
    own = SavedView.objects.filter(owner_id=request.user.pk)
    with transaction.atomic():
        if not own.filter(page=page, name=name).exists() and own.count() >= MOST_VIEWS:
            raise BadQuestion(f"name: these would be more than {MOST_VIEWS} views; delete some first")
        told = {"query": query, "is_shared": is_shared}
        own.update_or_create(owner_id=request.user.pk, page=page, name=name, defaults=told)
        record_act(request, Act.VIEW_SAVED, name, page=page, query=query, shared=is_shared)


def rename_view(request: HttpRequest, key: int, name: str) -> None:
    """Give one's own view another name. Raises BadQuestion where another of the same page has it."""
    with transaction.atomic():
        view, name = _own(request, key), _name(name)
        others = SavedView.objects.filter(owner_id=request.user.pk, page=view.page, name=name).exclude(pk=key)
        if others.exists():
            raise BadQuestion("name: another of your views of this page is called so")
        before = view.name
        view.name = name
        view.save(update_fields=["name"])
        record_act(request, Act.VIEW_SAVED, name, page=view.page, before=before)


def share_view(request: HttpRequest, key: int, *, is_shared: bool) -> None:
    """Show one's own view to everybody, or to nobody else. Sharing takes an operator; taking back does not."""
    _check_sharing(request, is_shared=is_shared)
    with transaction.atomic():
        view = _own(request, key)
        view.is_shared = is_shared
        view.save(update_fields=["is_shared"])
        record_act(request, Act.VIEW_SAVED, view.name, page=view.page, shared=is_shared)


def delete_view(request: HttpRequest, key: int) -> None:
    """One's own. Raises NothingFound for any other, there or not."""
    with transaction.atomic():
        view = _own(request, key)
        record_act(request, Act.VIEW_DELETED, view.name, page=view.page, shared=view.is_shared)
        view.delete()


def _own(request: HttpRequest, key: int) -> SavedView:
    view = SavedView.objects.filter(pk=key, owner_id=request.user.pk).first()
    if view is None:
        raise NothingFound("You have no such view; somebody else's only they can change.")
    return view


def _name(name: str) -> str:
    name = clean_name(name.strip())
    if not 1 <= len(name) <= MOST_CHARACTERS:
        raise BadQuestion(f"name: from 1 to {MOST_CHARACTERS} characters")
    return name


def _check_sharing(request: HttpRequest, *, is_shared: bool) -> None:
    if is_shared and not may(request.user, Role.OPERATOR):
        raise BadQuestion("shared: this takes the role operator; keep the view for yourself")


def _line(view: SavedView, user: AbstractBaseUser | AnonymousUser) -> ViewLine:
    return ViewLine(
        id=view.pk,
        name=view.name,
        page=view.page,
        query=view.query,
        owner=view.owner.get_username(),
        is_own=view.owner_id == user.pk,
        is_shared=view.is_shared,
    )
