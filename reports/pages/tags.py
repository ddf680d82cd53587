"""What templates can ask for beyond Django's own: names, words, times and icons. All of it escapes what it is given."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from reports.pages import plain
from reports.pages.differences import shorten_digests
from reports.pages.words import Word

register = template.Library()

NOTHING = mark_safe('<span class="none">\N{EN DASH}</span>')

# Characters that could end a script element or be read as one; written as JSON escapes they are inert.
_JSON_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


@register.filter
def visible(text: object) -> SafeString:
    """Untrusted text on one line or several."""
    return plain.make_visible(str(text))


@register.filter
def name(text: object) -> SafeString:
    """An untrusted name inside our own text: kept from reordering what stands beside it, and broken at its joints."""
    return format_html("<bdi>{}</bdi>", plain.make_breakable(plain.make_visible(str(text))))


@register.simple_tag(takes_context=True)
def when(context: Context, moment: datetime | None) -> SafeString:
    """How long ago; the exact time on hover and for machines. A dash for never.

    What can only be hovered over is out of reach of a keyboard and of many screen readers: who needs the moment itself
    has it everywhere instead, by a choice on the page "Colours and time".
    """
    if moment is None:
        return NOTHING
    look = context.get("look")
    if look is not None and look.times == "exact":
        return exact(moment)
    return _time(moment, plain.tell_age(moment, context["page"].now), css="ago")


@register.simple_tag
def exact(moment: datetime) -> SafeString:
    """The moment itself, in the viewer's zone and in UTC."""
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), plain.tell_exact(moment))


@register.simple_tag
def minute(moment: datetime) -> SafeString:
    """Day and minute in the viewer's zone; the rest on hover."""
    return _time(moment, plain.tell_minute(moment))


@register.simple_tag
def clock(moment: datetime) -> SafeString:
    """The time of day in the viewer's zone, where the day stands elsewhere; the rest on hover."""
    return _time(moment, plain.tell_clock(moment))


def _time(moment: datetime, text: str, *, css: str = "at") -> SafeString:
    """`ago` is what static/js/time.js keeps true while the page stays open."""
    return format_html(
        '<time class="{}" datetime="{}" title="{}">{}</time>', css, moment.isoformat(), plain.tell_exact(moment), text
    )


@register.filter
def duration(seconds: float | None) -> SafeString:
    """How long it took; a dash where nobody said."""
    return NOTHING if seconds is None else format_html("{}", plain.tell_duration(seconds))


@register.filter
def number(count: int) -> str:
    """A count with its thousands apart."""
    return f"{count:,}"


@register.filter
def size(count: int) -> str:
    """Bytes as a person reads them."""
    return plain.tell_size(count)


@register.simple_tag
def tally(count: int, kind: str) -> SafeString:
    """A count in a table cell: coloured when there is one, faint when it is nought."""
    css = kind if count else "none"
    return format_html('<span class="tally {}">{}</span>', css, number(count))


@register.simple_tag
def icon(which: str) -> SafeString:
    """One symbol of static/icons.svg; a word always stands beside it, so it is hidden from screen readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("icons.svg"), which
    )


@register.simple_tag
def mark(word: Word) -> SafeString:
    """A status or cause: colour, icon and word together."""
    return format_html(
        '<span class="mark {}" title="{}">{}{}</span>', word.name, word.meaning, icon(word.name), word.label
    )


@register.simple_tag
def value(text: str, side: str) -> SafeString:
    """A value in a table, its digests cut short; `side` (found, wanted) is the CSS class. An empty one says so."""
    if not text:
        return format_html('<span class="value-text {}"><em class="quiet">empty</em></span>', side)
    brief = shorten_digests(text)
    title = format_html(' title="{}"', text) if brief != text else ""
    return format_html('<span class="value-text {}"{}>{}</span>', side, title, plain.make_visible(brief))


@register.simple_tag
def figure_json(figure: dict[str, Any], element_id: str) -> SafeString:
    """A figure for chart.js, in a script element that no browser runs."""
    text = json.dumps(figure, separators=(",", ":")).translate(_JSON_ESCAPES)
    return format_html('<script type="application/json" id="{}">{}</script>', element_id, mark_safe(text))  # noqa: S308
