"""Notes and mutes: what somebody knows of a node, of a resource wherever it is, or of one resource on one node.

Written here and read here; what a list shows beside its rows is looked up for all of them at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet

from reports.people.tables import Note
from reports.store.text import clean, clean_name


@dataclass(frozen=True, slots=True)
class Subject:
    """What a note is about. Without a node: the resource wherever it is; without a resource: the node as a whole."""

    node_id: int | None = None
    resource_id: int | None = None


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note. `owner` is the login name of who wrote it. It stands until it expires or somebody ends it."""

    id: int
    subject: Subject
    text: str
    is_mute: bool
    owner: str
    created_at: datetime
    expires_at: datetime | None
    ended_at: datetime | None
    ended_by: str | None

    @classmethod
    def of(cls, note: Note) -> NoteLine:
        """The line of a row."""
        return cls(
            id=note.pk,
            subject=Subject(note.node_id, note.resource_id),
            text=note.text,
            is_mute=note.is_mute,
            owner=note.owner_name,
            created_at=note.created_at,
            expires_at=note.expires_at,
            ended_at=note.ended_at,
            ended_by=note.ended_by,
        )

    def stands(self, now: datetime) -> bool:
        """Whether it still holds."""
        return self.ended_at is None and (self.expires_at is None or self.expires_at > now)


@dataclass(frozen=True, slots=True)
class NewNote:
    """What somebody wants to write. A mute needs an end."""

    text: str
    is_mute: bool = False
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """Which notes; None: any. `text` is any part of what was written, in either case."""

    subject: Subject = Subject()
    owner: str | None = None
    text: str | None = None
    are_mutes: bool | None = None
    are_over: bool = False


class Noted:
    """The notes that stand about the rows of a page; those about nothing of it are not known here."""

    __slots__ = ("_by_subject",)

    def __init__(self, lines: Iterable[NoteLine] = ()) -> None:
        self._by_subject: dict[Subject, tuple[NoteLine, ...]] = {}
        for line in lines:
            self._by_subject[line.subject] = (*self._by_subject.get(line.subject, ()), line)

    def of(self, node_id: int | None = None, resource_id: int | None = None) -> tuple[NoteLine, ...]:
        """About just this, newest first: not about its resources, nor about the resource wherever it is."""
        return self._by_subject.get(Subject(node_id, resource_id), ())

    def about_node(self, node_id: int) -> tuple[NoteLine, ...]:
        """About this node and about its resources, those of the node first."""
        subjects = sorted(
            (one for one in self._by_subject if one.node_id == node_id), key=lambda one: one != Subject(node_id)
        )
        return tuple(line for subject in subjects for line in self._by_subject[subject])

    def __len__(self) -> int:
        return len(self._by_subject)


def muted_until(lines: Iterable[NoteLine]) -> datetime | None:
    """Until when something is muted, by notes that stand; None where it is not."""
    return max((line.expires_at for line in lines if line.is_mute and line.expires_at), default=None)


def standing(now: datetime) -> Q:
    """Notes that still hold."""
    return Q(ended_at__isnull=True) & (Q(expires_at__isnull=True) | Q(expires_at__gt=now))


def find_noted(now: datetime, *, nodes: Collection[int] = (), resources: Collection[int] = ()) -> Noted:
    """What stands about these nodes (with their resources) and about these resources wherever they are: one query.

    By index note_node and note_resource: it costs what it finds.
    """
    about = Q(node_id__in=nodes) | Q(node_id__isnull=True, resource_id__in=resources)
    rows = Note.objects.filter(about, standing(now)).order_by("-created_at", "-id")
    return Noted(NoteLine.of(row) for row in rows)


def list_mutes(since: datetime, until: datetime) -> list[NoteLine]:
    """What was muted at any time of this window, and by whom; oldest first. Reads the notes written before its end."""
    rows = Note.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=since), is_mute=True, created_at__lt=until, expires_at__gt=since
    )
    return [NoteLine.of(row) for row in rows.order_by("created_at", "id")]


def find_notes(wanted: NoteFilter, now: datetime) -> QuerySet[Note]:
    """All that stand, or all that are over. About a node: its resources too. About a resource: on whatever node."""
    over, subject = wanted.are_over, wanted.subject
    rows = Note.objects.exclude(standing(now)) if over else Note.objects.filter(standing(now))
    if subject.node_id is not None:
        rows = rows.filter(node_id=subject.node_id)
    if subject.resource_id is not None:
        rows = rows.filter(resource_id=subject.resource_id)
    if wanted.owner:
        rows = rows.filter(owner_name=wanted.owner)
    if wanted.text:
        rows = rows.filter(text__icontains=wanted.text)
    return rows if wanted.are_mutes is None else rows.filter(is_mute=wanted.are_mutes)


def write_note(subject: Subject, new: NewNote, owner: AbstractBaseUser) -> NoteLine:
    """Keep a note. The caller records the act in the same transaction."""
    return NoteLine.of(
        Note.objects.create(
            node_id=subject.node_id,
            resource_id=subject.resource_id,
            text=clean(new.text),
            is_mute=new.is_mute,
            owner_id=owner.pk,
            owner_name=clean_name(owner.get_username()),
            expires_at=new.expires_at,
        )
    )


def end_note(note_id: int, *, by: str, now: datetime) -> NoteLine | None:
    """End a note before its time. None where it is not there, or over already: two may press the button at once."""
    rows = Note.objects.filter(standing(now), pk=note_id)
    if not rows.update(ended_at=now, ended_by=clean_name(by)):
        return None
    return NoteLine.of(Note.objects.get(pk=note_id))
