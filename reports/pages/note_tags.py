"""What templates ask about notes: the mark beside a row, the class of a row that is muted, and the text itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reports.pages.links import with_query
from reports.pages.note_text import link_addresses
from reports.pages.plain import tell_exact
from reports.pages.tags import icon
from reports.people.notes import Noted, NoteLine

register = template.Library()

_LONGEST_TITLE: Final = 300


@register.filter
def note_text(text: str) -> SafeString:
    """What somebody wrote, with its addresses as links."""
    return link_addresses(text)


@register.simple_tag
def note_marks(noted: object, node: int | None = None, resource: int | None = None) -> SafeString | str:
    """Beside a row: that it is muted, or that there is a note; what and by whom on hover, and the whole behind it."""
    lines = _lines(noted, node, resource)
    kinds = (
        ("muted", [line for line in lines if line.is_mute]),
        ("note", [line for line in lines if not line.is_mute]),
    )
    return format_html_join(" ", "{}", ((_mark(word, found),) for word, found in kinds if found))


@register.simple_tag
def muted(noted: object, node: int | None = None, resource: int | None = None) -> str:
    """The class of the row of something that is muted; it only makes the row quieter."""
    return "is-muted" if any(line.is_mute for line in _lines(noted, node, resource)) else ""


@register.simple_tag
def note_marks_there(noted: object, node: int, resource: int) -> SafeString | str:
    """Beside a resource on one node: what stands about it wherever it is, then what stands about it there."""
    marks = (note_marks(noted, resource=resource), note_marks(noted, node, resource))
    return format_html_join(" ", "{}", ((mark,) for mark in marks if mark))


@register.simple_tag
def muted_there(noted: object, node: int, resource: int) -> str:
    """The class of the row of what a resource did on one node, where the node, the resource or the two are muted."""
    return muted(noted, node) or muted(noted, resource=resource) or muted(noted, node, resource)


def _lines(noted: object, node: int | None, resource: int | None) -> Sequence[NoteLine]:
    """None on a page that looked up no notes, and about what has no id, such as an environment."""
    return noted.of(node or None, resource or None) if isinstance(noted, Noted) and (node or resource) else ()


def _mark(word: str, lines: Sequence[NoteLine]) -> SafeString:
    first = lines[0]
    return format_html(
        '<a class="note-mark {}" href="{}" title="{}">{}{}{}</a>',
        word,
        link_to_notes_about(first),
        _tell(first),
        icon(word),
        word,
        f" \N{MULTIPLICATION SIGN}{len(lines)}" if len(lines) > 1 else "",
    )


def link_to_notes_about(line: NoteLine) -> str:
    """All notes about the same."""
    return with_query(reverse("notes"), {"node": line.subject.node_id, "resource": line.subject.resource_id})


def _tell(line: NoteLine) -> str:
    text = " ".join(line.text.split())
    brief = text if len(text) <= _LONGEST_TITLE else f"{text[:_LONGEST_TITLE]}…"
    until = f", until {tell_exact(line.expires_at)}" if line.expires_at else ""
    return f"{brief} ({line.owner}{until})"
