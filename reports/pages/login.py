"""Who is there? The one page, beside errors, that is shown before that is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.utils import timezone

from reports.pages.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginPage(Page):
    """`next` is where to go on to; Django refuses to follow it to another host."""

    form: AuthenticationForm
    next: str


class Login(LoginView):
    """The page at `/login/`. Who is logged in already is sent on."""

    template_name = "login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - Django's signature
        context = super().get_context_data(**kwargs)
        page = LoginPage(
            title="Log in", section="", now=timezone.now(), form=context["form"], next=self.get_redirect_url()
        )
        return context | {"page": page}


class Logout(LogoutView):
    """The form at `/logout/`; it takes POST alone, so that no link elsewhere can log anybody out."""

    next_page = "login"
