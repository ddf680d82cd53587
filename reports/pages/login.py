"""Who is there? The one page, beside errors, that is shown before that is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from reports.pages.page import Page
from reports.people.audit import Act, record_act, record_failed_login


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginPage(Page):
    """`next` is where to go on to; Django refuses to follow it to another host."""

    form: AuthenticationForm
    next: str


class Login(LoginView):
    """The page at `/login/`. Who is logged in already is sent on."""

    template_name = "login.html"
    redirect_authenticated_user = True

    @transaction.atomic
    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """The right password: in."""
        response = super().form_valid(form)
        record_act(self.request, Act.LOGIN, self.request.user.get_username())
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """A wrong one: the form again."""
        record_failed_login(self.request, form.data.get("username", ""))
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - Django's signature
        context = super().get_context_data(**kwargs)
        page = LoginPage(
            title="Log in", section="", now=timezone.now(), form=context["form"], next=self.get_redirect_url()
        )
        return context | {"page": page}


class Logout(LogoutView):
    """The form at `/logout/`; it takes POST alone, so that no link elsewhere can log anybody out."""

    next_page = "login"

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - Django's signature
        """Out, whoever was in."""
        if request.user.is_authenticated:
            record_act(request, Act.LOGOUT, request.user.get_username())
        return super().post(request, *args, **kwargs)
