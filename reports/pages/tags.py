"""What templates can ask for beyond Django's own: names, words, times and icons. All of it escapes what it is given.

A page asks for most of this hundreds of times. So what is the same each time is kept, and what cannot hold markup, such
as a count or a moment, is written without being escaped.
"""

from __future__ import annotations

import functools
import json
from datetime import datetime
from typing import Any

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from reports.pages import plain
from reports.pages.words import Word
from reports.told import shorten_digests, tell_age, tell_duration, tell_size

register = template.Library()

NOTHING = mark_safe('<span class="none">\N{EN DASH}</span>')

CLOCK_AHEAD = "It says to have run later than its report came in. Its runs are ordered by when they came in."

# Characters that could end a script element or be read as one; written as JSON escapes they are inert.
_JSON_ESCAPES = {character: f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


@register.filter
def visible(text: object) -> SafeString:
    """Untrusted text on one line or several."""
    return plain.make_visible(str(text))


@register.filter
def name(text: object) -> SafeString:
    """An untrusted name inside our own text: kept from reordering what stands beside it, and broken at its joints."""
    return _name(str(text))


@functools.lru_cache(maxsize=1024)
def _name(text: str) -> SafeString:
    return mark_safe(f"<bdi>{plain.make_breakable(plain.make_visible(text))}</bdi>")  # noqa: S308 - escaped by make_visible


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
    return _time(moment, tell_age(moment, context["page"].now), css="ago")


@register.simple_tag
def exact(moment: datetime) -> SafeString:
    """The moment itself, in the viewer's zone and in UTC."""
    return mark_safe(f'<time datetime="{moment.isoformat()}">{plain.tell_exact(moment)}</time>')  # noqa: S308 - no markup in it


@register.simple_tag
def minute(moment: datetime) -> SafeString:
    """Day and minute in the viewer's zone; the rest on hover."""
    return _time(moment, plain.tell_minute(moment))


@register.simple_tag
def clock(moment: datetime) -> SafeString:
    """The time of day in the viewer's zone, where the day stands elsewhere; the rest on hover."""
    return _time(moment, plain.tell_clock(moment))


@register.simple_tag
def utc_day(start: datetime) -> SafeString:
    """A day of counts, which is UTC in every zone."""
    return format_html('<time datetime="{}">{}</time>', f"{start:%Y-%m-%d}", f"{start:%a} {start.day} {start:%b}")


@register.simple_tag
def utc_hour(start: datetime) -> SafeString:
    """An hour of counts, likewise."""
    return format_html('<time datetime="{}">{}</time>', start.isoformat(), f"{start:%H:%M}, {start.day} {start:%b}")


@register.simple_tag
def clock_ahead() -> SafeString:
    """Beside a node whose clock cannot be right: its runs are ordered by when they came in."""
    return format_html(
        '<span class="note pending clock-ahead" title="{}">{}clock ahead</span>', CLOCK_AHEAD, icon("clock")
    )


def _time(moment: datetime, text: str, *, css: str = "at") -> SafeString:
    """`ago` is what static/js/time.js keeps true while the page stays open."""
    return mark_safe(  # noqa: S308 - no markup in it
        f'<time class="{css}" datetime="{moment.isoformat()}" title="{plain.tell_exact(moment)}">{text}</time>'
    )


@register.filter
def duration(seconds: float | None) -> SafeString:
    """How long it took; a dash where nobody said."""
    return NOTHING if seconds is None else format_html("{}", tell_duration(seconds))


@register.filter
def number(count: int) -> SafeString:
    """A count with its thousands apart."""
    return mark_safe(f"{count:,}")  # noqa: S308 - digits and commas


@register.filter
def size(count: int) -> str:
    """Bytes as a person reads them."""
    return tell_size(count)


@register.simple_tag
def tally(count: int, kind: str) -> SafeString:
    """A count in a table cell: coloured when there is one, faint when it is nought. `kind` is a word of templates."""
    return mark_safe(f'<span class="tally {kind if count else "none"}">{count:,}</span>')  # noqa: S308 - no markup in it


@register.simple_tag
@functools.lru_cache(maxsize=256)
def icon(which: str) -> SafeString:
    """One symbol of static/icons.svg; a word always stands beside it, so it is hidden from screen readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("icons.svg"), which
    )


@register.simple_tag
@functools.lru_cache(maxsize=256)
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
    text = json.dumps(figure, separators=(",", ":"))
    for character, inert in _JSON_ESCAPES.items():
        text = text.replace(character, inert)
    return format_html('<script type="application/json" id="{}">{}</script>', element_id, mark_safe(text))  # noqa: S308
