"""One brief: how far it is while it is made; then its documents, its ten lines, and how its mails stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reports.errors import NothingFound
from reports.pages.brief_rows import BriefRow, MailRow, mail_rows
from reports.pages.page import Page, is_part, show
from reports.pages.viewer import viewer_of
from reports.people.audit import Act, record_act
from reports.people.roles import Role, may, needs
from reports.weekly.archive import BriefLine, find_brief
from reports.weekly.files import KINDS, find_document
from reports.weekly.mails import mail_again as try_mail_again
from reports.weekly.orders import order_again

_STOP_POLLING: Final = 286  # what htmx takes as: swap this in, and ask no more


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefPage(Page):
    """`again`: where the button leads that has a brief made again which failed; None where there is none."""

    row: BriefRow
    mails: tuple[MailRow, ...]
    again: str | None
    is_mail_on: bool


@require_safe
def brief(request: HttpRequest, brief_id: int) -> HttpResponse:
    """The page at `/briefs/<id>/`; for htmx the part of it that changes while the brief is made."""
    found = find_brief(brief_id)
    page = _build(request, found)
    if not is_part(request):
        response = show(request, "brief", page)
    else:
        response = show(request, "parts/brief_state", page, status=200 if found.is_open else _STOP_POLLING)
    return response


@require_safe
def brief_file(request: HttpRequest, brief_id: int, kind: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """One document, as a download."""
    if kind not in KINDS:
        raise NothingFound(f"a brief comes as {', '.join(KINDS)}")
    document = find_document(brief_id, kind)
    response = HttpResponse(document.body, content_type=document.content_type)
    response["Content-Disposition"] = f'attachment; filename="{document.name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def brief_again(request: HttpRequest, brief_id: int) -> HttpResponse:
    """The button of a brief that failed: for who asked for it, and for operators."""
    if not _may_order_again(request, find_brief(brief_id)):
        raise PermissionDenied("This takes the role operator, or having asked for the brief oneself.")
    with transaction.atomic():
        again = order_again(brief_id)
        record_act(request, Act.BRIEF_AGAIN, str(again.week or again.kind), brief=again.pk)
    return HttpResponseRedirect(reverse("brief", args=[brief_id]))


@require_POST
@needs(Role.OPERATOR)
def mail_again(request: HttpRequest, mail_id: int) -> HttpResponse:
    """The button of a mail that is not sent."""
    with transaction.atomic():
        mail = try_mail_again(mail_id, timezone.now())
        record_act(request, Act.MAIL_AGAIN, mail.recipient, brief=mail.brief_id)
    messages.success(request, f"The mail to {mail.recipient} is tried again within seconds.")
    return HttpResponseRedirect(reverse("brief", args=[mail.brief_id]))


def _build(request: HttpRequest, found: BriefLine) -> BriefPage:
    row = BriefRow.of(found)
    is_again = found.has_failed and _may_order_again(request, found)
    return BriefPage(
        title=row.title,
        section="briefs",
        now=timezone.now(),
        row=row,
        mails=mail_rows(found, may_retry=viewer_of(request).is_operator),
        again=reverse("brief_again", args=[found.id]) if is_again else None,
        is_mail_on=settings.MAIL_SERVER is not None,
    )


def _may_order_again(request: HttpRequest, found: BriefLine) -> bool:
    is_own = not found.is_scheduled and found.asked_by == request.user.get_username()
    return is_own or may(request.user, Role.OPERATOR)
