"""Groups of people, and which nodes each of them sees: for admins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.analysis.choices import list_choices
from reports.errors import BadQuestion
from reports.pages.page import Page, show
from reports.people.audit import Act, record_act
from reports.people.groups import (
    GroupDraft,
    Preview,
    delete_group,
    find_group,
    find_groups,
    in_no_group,
    preview,
    save_group,
)
from reports.people.roles import Role, needs
from reports.people.tables import Group

MOST_MEMBERS: Final = 5_000  # logins that are offered
NO_ENVIRONMENT: Final = "none was told"


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group, and what its members see."""

    link: str
    name: str
    sees_all: bool
    environments: tuple[str, ...]
    query: str
    nodes: int
    members: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupsPage(Page):
    """All of them, by name."""

    rows: tuple[GroupRow, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """One box of a form."""

    value: str
    label: str
    is_ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPage(Page):
    """One group's form. `action` is where it is sent; `delete` is None for one that is not there yet.

    `set_free`: whom saving has just left in no group, so that they see the whole fleet.
    """

    action: str
    delete: str | None
    draft: GroupDraft
    environments: tuple[Tick, ...]
    people: tuple[Tick, ...]
    preview: Preview | None
    problem: str
    set_free: tuple[str, ...]


@require_safe
@needs(Role.ADMIN)
def groups(request: HttpRequest) -> HttpResponse:
    """The page at `/groups/`."""
    rows = tuple(
        GroupRow(
            link=reverse("group", args=[group.pk]),
            name=group.name,
            sees_all=group.sees_all,
            environments=tuple(environment or NO_ENVIRONMENT for environment in group.environments),
            query=group.query,
            nodes=group.node_count,  # type: ignore[attr-defined]
            members=group.member_count,  # type: ignore[attr-defined]
        )
        for group in find_groups()
    )
    return show(request, "groups", GroupsPage(title="Groups", section="groups", now=timezone.now(), rows=rows))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Role.ADMIN)
def new_group(request: HttpRequest) -> HttpResponse:
    """The page at `/groups/new/`."""
    if request.method == "POST":
        return _save(request, None)
    return show(request, "group", _build(None, GroupDraft("")))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Role.ADMIN)
def group(request: HttpRequest, group_id: int) -> HttpResponse:
    """The page at `/groups/<id>/`."""
    found = find_group(group_id)
    if request.method == "POST":
        return _save(request, found)
    members = frozenset(found.members.values_list("pk", flat=True))
    draft = GroupDraft(found.name, found.sees_all, tuple(found.environments), found.query, members)
    return show(request, "group", _build(found, draft))


@require_safe
@needs(Role.ADMIN)
def group_preview(request: HttpRequest) -> HttpResponse:
    """What a group as it stands in the form would see: a part of the page, asked for while somebody types."""
    try:
        seen, problem = preview(read_draft(request.GET), now=timezone.now()), ""
    except BadQuestion as error:
        seen, problem = None, str(error)
    response = render(request, "parts/group_preview.html", {"preview": seen, "problem": problem})
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@needs(Role.ADMIN)
def group_gone(request: HttpRequest, group_id: int) -> HttpResponse:
    """The button that deletes a group."""
    found = find_group(group_id)
    with transaction.atomic():
        delete_group(found)
        record_act(request, Act.GROUP_DELETED, found.name)
    return HttpResponseRedirect(reverse("groups"))


def read_draft(form: QueryDict) -> GroupDraft:
    """The group that a form tells. Raises BadQuestion."""
    members = form.getlist("member")
    if any(len(member) > 18 or not (member.isascii() and member.isdigit()) for member in members):
        raise BadQuestion("member: the number of a person, as our own form sends it")
    texts = (*form.getlist("environment"), form.get("query", ""), form.get("name", ""))
    if any("\x00" in text for text in texts):
        raise BadQuestion("No name holds a NUL character.")
    return GroupDraft(
        name=form.get("name", "").strip(),
        sees_all=form.get("sees_all") == "yes",
        environments=tuple(sorted(set(form.getlist("environment")))),
        query=form.get("query", "").strip(),
        members=frozenset(map(int, members)),
    )


def _save(request: HttpRequest, found: Group | None) -> HttpResponse:
    draft = read_draft(request.POST)
    before = set(found.members.values_list("pk", flat=True)) if found else set()
    try:
        with transaction.atomic():
            saved = save_group(found, draft, now=timezone.now())
            names = User.objects.filter(pk__in=draft.members).order_by("username").values_list("username", flat=True)
            record_act(
                request,
                Act.GROUP_SAVED,
                saved.name,
                sees_all=saved.sees_all,
                environments=list(saved.environments),
                query=saved.query,
                members=list(names),
            )
    except BadQuestion as error:
        return show(request, "group", _build(found, draft, problem=str(error)), status=error.status)
    set_free = in_no_group(before - draft.members)
    if set_free:
        return show(request, "group", _build(saved, draft, set_free=set_free))
    return HttpResponseRedirect(reverse("groups"))


def _build(found: Group | None, draft: GroupDraft, *, problem: str = "", set_free: tuple[str, ...] = ()) -> GroupPage:
    known = {"", *list_choices().environments, *draft.environments}
    people = User.objects.filter(is_active=True).order_by("username").values_list("pk", "username")[:MOST_MEMBERS]
    try:
        seen = preview(draft, now=timezone.now())
    except BadQuestion:
        seen = None  # `problem` says why
    return GroupPage(
        title=found.name if found else "New group",
        section="groups",
        now=timezone.now(),
        action=reverse("group", args=[found.pk]) if found else reverse("new_group"),
        delete=reverse("group_gone", args=[found.pk]) if found else None,
        draft=draft,
        environments=tuple(Tick(name, name or NO_ENVIRONMENT, name in draft.environments) for name in sorted(known)),
        people=tuple(Tick(str(pk), name, pk in draft.members) for pk, name in people),
        preview=seen,
        problem=problem,
        set_free=set_free,
    )
