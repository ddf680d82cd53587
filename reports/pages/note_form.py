"""Write a note, and end one before its time: for operators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reports.analysis.node import node_key
from reports.errors import BadQuestion, NothingFound
from reports.pages.asked import id_asked, name_asked
from reports.pages.links import MAIN_SITE
from reports.pages.note_rows import link_to_subject, link_to_write
from reports.pages.note_until import LONGEST_MUTE, Until, UntilChoice, list_untils, moment_of, read_moment
from reports.pages.page import Page, show
from reports.pages.viewer import viewer_of
from reports.people.audit import Act, record_act
from reports.people.notes import NewNote, Subject, end_note, write_note
from reports.people.roles import Role, needs
from reports.people.subjects import NamedSubject, name_subject, name_subjects

LONGEST_TEXT: Final = 2_000


class NoteForm(forms.Form):
    """What somebody knows, and until when. `new_note` is there once it is valid."""

    text = forms.CharField(
        max_length=LONGEST_TEXT,
        error_messages={
            "required": "Say what is known.",
            "max_length": f"At most {LONGEST_TEXT:,} characters; link to more.",
            "null_characters_not_allowed": "A note holds no NUL characters.",
        },
    )
    is_mute = forms.BooleanField(required=False)
    until = forms.ChoiceField(
        choices=[(until.value, until.value) for until in Until],
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )
    until_at = forms.CharField(required=False, max_length=40)

    def __init__(self, data: QueryDict | None, *, now: datetime, zone: ZoneInfo) -> None:
        super().__init__(data)
        self.now, self.zone = now, zone

    def clean_text(self) -> str:
        """Browsers send line ends of two characters."""
        text: str = self.cleaned_data["text"]
        return text.replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        """What the fields say together."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if "until" in told:
            told["expires_at"] = self._expires_at(Until(told["until"]), told.get("until_at", ""))
            if told.get("is_mute") and not self.has_error("until_at"):
                self._check_mute(told["expires_at"])
        return told

    def new_note(self) -> NewNote:
        """What is to be kept."""
        told = self.cleaned_data
        return NewNote(text=told["text"], is_mute=told["is_mute"], expires_at=told["expires_at"])

    def _expires_at(self, until: Until, written: str) -> datetime | None:
        """A day that was written counts where nothing quicker was chosen."""
        if until is not Until.DATE and not (until is Until.ENDED and written):
            return moment_of(until, self.now, self.zone)
        if not written:
            self.add_error("until_at", "Say which day and time.")
            return None
        try:
            moment = read_moment(written, self.zone)
        except BadQuestion as unreadable:
            self.add_error("until_at", str(unreadable))
            return None
        if moment <= self.now:
            self.add_error("until_at", "That is over already.")
        return moment

    def _check_mute(self, expires_at: datetime | None) -> None:
        if expires_at is None:
            self.add_error("until", "A mute needs an end: choose until when.")
        elif expires_at > self.now + LONGEST_MUTE:
            self.add_error("until_at", "A mute lasts a year at most; then somebody has to look again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFormPage(Page):
    """`back` is the page of what the note is about."""

    form: NoteForm
    named: NamedSubject
    action: str
    back: str
    untils: tuple[UntilChoice, ...]
    zone: str
    longest_text: int


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Role.OPERATOR)
def write_note_page(request: HttpRequest) -> HttpResponse:
    """The form at `/notes/write/?node=&resource=`; what is wrong is said at its field."""
    named = name_subject(read_subject(request.GET))
    now, zone = timezone.now(), ZoneInfo(viewer_of(request).zone)
    form = NoteForm(request.POST if request.method == "POST" else None, now=now, zone=zone)
    if request.method == "POST" and form.is_valid():
        _keep(request, named, form.new_note())
        return HttpResponseRedirect(link_to_subject(named))
    page = NoteFormPage(
        title=f"Note about {named.name}",
        section="notes",
        now=now,
        form=form,
        named=named,
        action=link_to_write(named.subject),
        back=link_to_subject(named),
        untils=list_untils(now, zone),
        zone=zone.key,
        longest_text=LONGEST_TEXT,
    )
    return show(request, "note_form", page, status=400 if form.errors else 200)


@require_POST
@needs(Role.OPERATOR)
def end_note_now(request: HttpRequest, note_id: int) -> HttpResponse:
    """The button at `/notes/<id>/end/`. Pressed twice, the second time does nothing."""
    with transaction.atomic():
        line = end_note(note_id, by=request.user.get_username(), now=timezone.now())
        if line is None:
            messages.info(request, "That note was over already.")
            return HttpResponseRedirect(reverse("notes"))
        named = name_subjects([line.subject])[line.subject]
        record_act(request, Act.NOTE_ENDED, named.name, note=line.id, is_mute=line.is_mute, written_by=line.owner)
    messages.success(request, "The mute is ended." if line.is_mute else "The note is ended.")
    to_list = "list" in request.POST or (named.node is None and named.resource is None)
    return HttpResponseRedirect(reverse("notes") if to_list else link_to_subject(named))


def read_subject(query: QueryDict) -> Subject:
    """`node` and `resource` by their ids, as our own links carry them; or a node by `name` and `site`. NothingFound."""
    name, node = name_asked(query, "name"), id_asked(query, "node")
    if node is None and name is not None:
        node = node_key(name, site=name_asked(query, "site") or MAIN_SITE)
    subject = Subject(node, id_asked(query, "resource"))
    if subject == Subject():
        raise NothingFound("a note is about a node, a resource, or both")
    return subject


def _keep(request: HttpRequest, named: NamedSubject, new: NewNote) -> None:
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - nobody else has a role
    with transaction.atomic():
        line = write_note(named.subject, new, user)
        until = None if new.expires_at is None else new.expires_at.isoformat(timespec="minutes")
        record_act(request, Act.NOTE_WRITTEN, named.name, note=line.id, is_mute=new.is_mute, until=until)
    messages.success(request, "Muted." if new.is_mute else "The note is kept.")
