"""Who may log in, and as what: for admins. A password that was made stands on one answer, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reports.analysis.paging import Keyset, take_slice
from reports.errors import BadQuestion
from reports.pages.asked import Pager, text_asked, turn_pages
from reports.pages.page import Page, show
from reports.people.accounts import add_person, find_login, find_people, give_password, give_role, let_in
from reports.people.audit import Act, record_act
from reports.people.roles import Role, needs, role_of

LINES: Final = 100
BY_NAME: Final = Keyset((("username", str),))


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One login. `is_me`: nobody changes their own role or closes their own login."""

    id: int
    name: str
    role: Role
    groups: tuple[str, ...]
    last_login: datetime | None
    is_active: bool
    has_password: bool
    is_me: bool

    @classmethod
    def of(cls, user: User, asker: User) -> PersonRow:
        """The row of a login that `find_people` found."""
        groups: list[str] = user.group_names  # type: ignore[attr-defined]
        return cls(
            id=user.pk,
            name=user.get_username(),
            role=role_of(user),
            groups=tuple(groups),
            last_login=user.last_login,
            is_active=user.is_active,
            has_password=user.has_usable_password(),
            is_me=user.pk == asker.pk,
        )


@dataclass(frozen=True, slots=True)
class Handover:
    """A password that was just made, and for whom."""

    name: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage(Page):
    """`problem`: why the form was refused; `typed`: the name that stood in it."""

    rows: tuple[PersonRow, ...]
    pager: Pager
    search: str
    roles: tuple[Role, ...]
    handover: Handover | None
    problem: str
    typed: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Role.ADMIN)
def people(request: HttpRequest) -> HttpResponse:
    """The page at `/people/`, and its form for a new person."""
    if request.method != "POST":
        return show(request, "people", build_people(request))
    name, role = request.POST.get("name", "").strip(), _role_sent(request.POST)
    try:
        with transaction.atomic():
            user, password = add_person(name, role)
            record_act(request, Act.PERSON_ADDED, user.get_username(), role=role.value)
    except BadQuestion as error:
        return show(request, "people", build_people(request, problem=str(error), typed=name), status=error.status)
    return show(request, "people", build_people(request, handover=Handover(user.get_username(), password)))


@require_POST
@needs(Role.ADMIN)
def person_role(request: HttpRequest, person_id: int) -> HttpResponse:
    """The form of one role."""
    user, role = _somebody_else(request, person_id), _role_sent(request.POST)
    with transaction.atomic():
        before = role_of(user)
        give_role(user, role)
        record_act(request, Act.PERSON_ROLE, user.get_username(), role=role.value, before=before.value)
    return HttpResponseRedirect(reverse("people"))


@require_POST
@needs(Role.ADMIN)
def person_active(request: HttpRequest, person_id: int) -> HttpResponse:
    """The button that closes a login, or opens it again."""
    user = _somebody_else(request, person_id)
    is_active = request.POST.get("active") == "yes"
    with transaction.atomic():
        let_in(user, is_active=is_active)
        record_act(request, Act.PERSON_ACTIVATED if is_active else Act.PERSON_DEACTIVATED, user.get_username())
    return HttpResponseRedirect(reverse("people"))


@require_POST
@needs(Role.ADMIN)
def person_password(request: HttpRequest, person_id: int) -> HttpResponse:
    """The button that makes a new password."""
    user = _somebody_else(request, person_id)
    with transaction.atomic():
        password = give_password(user)
        record_act(request, Act.PERSON_PASSWORD, user.get_username())
    return show(request, "people", build_people(request, handover=Handover(user.get_username(), password)))


def build_people(
    request: HttpRequest, *, handover: Handover | None = None, problem: str = "", typed: str = ""
) -> PeoplePage:
    """One walk down the index of names."""
    search = text_asked(request.GET, "search")
    found = take_slice(find_people(search), BY_NAME, cursor=text_asked(request.GET, "cursor"), limit=LINES)
    asker = find_asker(request)
    return PeoplePage(
        title="People",
        section="people",
        now=timezone.now(),
        rows=tuple(PersonRow.of(user, asker) for user in found.rows),
        pager=turn_pages(request.GET, found),
        search=search or "",
        roles=tuple(Role),
        handover=handover,
        problem=problem,
        typed=typed,
    )


def find_asker(request: HttpRequest) -> User:
    """Who is logged in, where the middleware has made sure that somebody is."""
    if not isinstance(request.user, User):
        raise PermissionDenied("This takes a login.")
    return request.user


def _somebody_else(request: HttpRequest, person_id: int) -> User:
    """So that there is always an admin left."""
    if person_id == find_asker(request).pk:
        raise BadQuestion("Nobody changes their own role, closes their own login or resets their own password here.")
    return find_login(person_id)


def _role_sent(form: QueryDict) -> Role:
    role = form.get("role", "")
    if role not in Role.values:
        raise BadQuestion(f"role: there is no role {role[:60]}; choose from {', '.join(Role.values)}")
    return Role(role)
