"""Have one refused report read again, and say what came of it: for operators, after an upgrade."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reports.intake.refused import RefusedReport, find_refused
from reports.intake.replay import Became, replay_refused, what_became
from reports.intake.setup import spool
from reports.pages.page import Page, show
from reports.people.audit import Act, record_act
from reports.people.looking import needs_whole_sight
from reports.people.roles import Role, needs


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAgainPage(Page):
    """`became`: waits, refused, read. `refused` is the new refusal, where there is one."""

    became: str
    refused: RefusedReport | None
    here: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Role.OPERATOR)
@needs_whole_sight
def read_again(request: HttpRequest, refused_id: UUID) -> HttpResponse:
    """POST puts the report back into this machine's spool; the page it leads to tells what became of it."""
    here = reverse("read_again", args=[refused_id])
    if request.method == "POST":
        with transaction.atomic():
            report = find_refused(refused_id)
            record_act(
                request, Act.REFUSED_REPLAYED, str(refused_id), sender=report.sender, door=report.door
            )  # before the file is moved: what is undone here must not have happened there
            replay_refused(spool(), [refused_id])
        return HttpResponseRedirect(here)
    became, refused = what_became(spool(), refused_id)
    page = ReadAgainPage(
        title="Read again",
        section="intake",
        now=timezone.now(),
        became=became.value,
        refused=refused if became is Became.REFUSED else None,
        here=here,
    )
    return show(request, "read_again", page)
