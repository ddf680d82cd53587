"""Who is there? The one page, beside errors, that is shown before that is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from reports.pages.page import Page
from reports.pages.sign_on import why_refused
from reports.people.address import address_of
from reports.people.audit import Act, record_act, record_failed_login
from reports.people.sign_on import is_on
from reports.people.slowing import seconds_to_wait


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginPage(Page):
    """`next` is where to go on to; Django refuses to follow it to another host. `wait`: seconds until the next try.

    `sso_name`: what the link to the provider says, where there is one; `problem`: why it let nobody in.
    """

    form: AuthenticationForm
    next: str
    wait: int
    problem: str
    sso_name: str | None
    sso_only: bool


class Login(LoginView):
    """The page at `/login/`. Who is logged in already is sent on."""

    template_name = "login.html"
    redirect_authenticated_user = True

    wait = 0

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - Django's signature
        """A try. After too many wrong ones the next has to wait, and is not looked at before."""
        if settings.FLEETVIEW_OIDC_ONLY:
            raise PermissionDenied("There are no passwords here: sign in elsewhere.")
        name = request.POST.get("username", "")
        self.wait = seconds_to_wait(name, address_of(request), now=timezone.now())
        if not self.wait:
            return super().post(request, *args, **kwargs)
        response = self.render_to_response(self.get_context_data(form=self.get_form_class()(request)))
        response.status_code = 429
        response["Retry-After"] = str(self.wait)
        return response

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
            title="Log in",
            section="",
            now=timezone.now(),
            form=context["form"],
            next=self.get_redirect_url(),
            wait=self.wait,
            problem=why_refused(self.request.GET.get("sso", "")),
            sso_name=settings.FLEETVIEW_OIDC_NAME if is_on() else None,
            sso_only=settings.FLEETVIEW_OIDC_ONLY,
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
