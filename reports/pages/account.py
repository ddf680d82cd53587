"""One's own account: what one may do and see, the password, and where one is logged in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reports.pages.page import Page, show
from reports.pages.people import find_asker
from reports.people.accounts import end_sessions, has_given_password, keep_own_password
from reports.people.audit import Act, record_act
from reports.people.groups import count_seen_nodes
from reports.people.roles import Role, role_of
from reports.people.sight import sight_of
from reports.people.tables import Group

FIELDS: Final = (
    ("old_password", "The one so far", "current-password"),
    ("new_password1", "The new one", "new-password"),
    ("new_password2", "The new one again", "new-password"),
)
DONE: Final = {
    "password": "The password is changed, and all other sessions have ended.",
    "elsewhere": "All other sessions have ended.",
}
ALWAYS_OPEN: Final = frozenset({"account", "logout", "display"})


@dataclass(frozen=True, slots=True)
class Field:
    """One password to type, and what is wrong with it."""

    name: str
    label: str
    complete: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage(Page):
    """`must_change`: the password was given by an admin, and nothing else is shown before it is changed.

    `told`: what has just been done. No `fields`: this login has no password here.
    """

    name: str
    role: Role
    groups: tuple[str, ...]
    sees_all: bool
    nodes: int
    fields: tuple[Field, ...]
    must_change: bool
    told: str


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """The page at `/account/`, and its form for a new password."""
    if request.method != "POST":
        return show(request, "account", build_account(request, PasswordChangeForm(find_asker(request))))
    user = find_asker(request)
    form = PasswordChangeForm(user, request.POST)
    if not (user.has_usable_password() and form.is_valid()):
        return show(request, "account", build_account(request, form), status=400)
    with transaction.atomic():
        form.save()
        keep_own_password(user)
        update_session_auth_hash(request, user)  # the other sessions end
        record_act(request, Act.PERSON_PASSWORD, user.get_username())
    return HttpResponseRedirect(f"{reverse('account')}?done=password")


@require_POST
def account_elsewhere(request: HttpRequest) -> HttpResponse:
    """The button that ends all other sessions."""
    user = find_asker(request)
    with transaction.atomic():
        ended = end_sessions(user, but=request.session.session_key)
        record_act(request, Act.LOGOUT, user.get_username(), elsewhere=ended)
    return HttpResponseRedirect(f"{reverse('account')}?done=elsewhere")


def build_account(request: HttpRequest, form: PasswordChangeForm) -> AccountPage:
    """Two queries: the groups by name, and how many nodes are seen."""
    user = find_asker(request)
    errors = form.errors.get_json_data() if form.is_bound else {}
    problems = {name: tuple(str(error["message"]) for error in found) for name, found in errors.items()}
    fields = tuple(Field(name, label, word, problems.get(name, ())) for name, label, word in FIELDS)
    return AccountPage(
        title="Your account",
        section="account",
        now=timezone.now(),
        name=user.get_username(),
        role=role_of(user),
        groups=tuple(Group.objects.filter(members=user).order_by("name").values_list("name", flat=True)),
        sees_all=sight_of(user).sees_all,
        nodes=count_seen_nodes(),
        fields=fields if user.has_usable_password() else (),
        must_change=has_given_password(user),
        told=DONE.get(request.GET.get("done", ""), ""),
    )


class OwnPasswordFirst:
    """Middleware: who was given a password chooses another one before any page is shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[object, ...],  # noqa: ARG002 - Django's signature
        kwargs: dict[str, object],  # noqa: ARG002
    ) -> HttpResponseBase | None:
        """The API is left alone: it opens no door that the password does not."""
        place = request.resolver_match
        is_open = place is None or place.url_name in ALWAYS_OPEN or not getattr(view, "login_required", True)
        if not is_open and has_given_password(find_asker(request)):
            return HttpResponseRedirect(reverse("account"))
        return None
