"""What a page asks for hundreds or thousands of times: cells of grids, counts with links, days.

Each is written here at once, for a template takes some ten microseconds over every name that it looks up. All of it
escapes what could hold markup.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import date
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from reports.pages.differences import Difference, Value
from reports.pages.heatmap import Cell
from reports.pages.overview_rows import StepCell
from reports.pages.plain import make_visible
from reports.pages.tags import NOTHING, icon, tally
from reports.pages.timeline import Slot
from reports.told import tell_briefly

register = template.Library()


@register.simple_tag
def linked(count: int, link: str | None, kind: str) -> SafeString:
    """A count that leads to what it counts; nought, or what has no list, leads nowhere."""
    shown = tally(count, kind)
    return mark_safe(f'<a href="{escape(link)}">{shown}</a>') if count and link else shown  # noqa: S308 - escaped


@register.filter
def tenth(value: float | None) -> SafeString:
    """A quantity to one digit behind the point; a dash where there is none."""
    return NOTHING if value is None else mark_safe(f"{value:.1f}")  # noqa: S308 - a number


@register.simple_tag
def heat_bar(heat: float | None, width: float) -> SafeString:
    """How hot, as a number and as a bar that is so many hundredths long."""
    if heat is None:
        return NOTHING
    return mark_safe(  # noqa: S308 - numbers
        f'<span>{heat:.1f}</span><svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{width}" height="6"></rect></svg>'
    )


@register.simple_tag
@functools.lru_cache(maxsize=1024)
def day(moment: date) -> SafeString:
    """A UTC day, in words and for machines."""
    return mark_safe(f'<time datetime="{moment:%Y-%m-%d}">{moment:%a} {moment.day} {moment:%b %Y}</time>')  # noqa: S308


@register.simple_tag
def change_values(difference: Difference) -> SafeString:
    """The value before and the value after, as far as they are told: side by side, a long one folded."""
    sides = (("before", "old", difference.old), ("after", "new", difference.new))
    told = "".join(_change_value(word, css, value) for word, css, value in sides if value is not None)
    return mark_safe(f'<div class="values">{told}</div>' if told else "")  # noqa: S308 - escaped below


def _change_value(word: str, css: str, value: Value) -> str:
    note = f'<span class="note">{word}</span>'
    if value.start is not None:
        start = f'<span class="value {css}">{make_visible(value.start)}…</span>'
        place = f'class="value long {css}" tabindex="0" role="region" aria-label="{word}"'
        return f"<details><summary>{note} {start}</summary><div {place}>{make_visible(value.text)}</div></details>"
    title = f' title="{escape(value.text)}"' if value.brief else ""
    shown = make_visible(value.brief or value.text) or '<em class="quiet">empty</em>'
    return f'<span>{note} <span class="value {css}"{title}>{shown}</span></span>'


@register.simple_tag
def heat_cells(cells: Iterable[Cell]) -> SafeString:
    """The cells of one row of a heat-map."""
    return mark_safe("".join(map(_heat_cell, cells)))  # noqa: S308 - escaped below


def _heat_cell(cell: Cell) -> str:
    if not cell.count:
        return "<td></td>"
    title, count = escape(cell.title), tell_briefly(cell.count)
    if cell.link is None:
        return f'<td class="shade-{cell.shade}"><span title="{title}">{count}</span></td>'
    href = escape(cell.link)
    return f'<td class="shade-{cell.shade}"><a href="{href}" title="{title}"><span>{count}</span></a></td>'


@register.simple_tag
def run_cells(cells: Iterable[StepCell]) -> SafeString:
    """The cells of one day or hour of runs: how many ended in each way."""
    return mark_safe("".join(f'<td class="num">{linked(cell.runs, cell.link, cell.css)}</td>' for cell in cells))  # noqa: S308


@register.simple_tag
def timeline_cells(slots: Iterable[Slot]) -> SafeString:
    """The cells of one row of a timeline: marks, nothing, and the gaps before columns."""
    return mark_safe("".join(map(_timeline_cell, slots)))  # noqa: S308 - escaped below


def _timeline_cell(slot: Slot) -> str:
    if slot.is_gap:
        return '<td class="gap"></td>'
    if slot.mark is None:
        return "<td></td>"
    word, label = slot.mark.word.name, escape(slot.mark.label)
    href = f'href="{escape(slot.mark.link)}"'
    return f'<td><a class="sign {word}" {href} title="{label}" aria-label="{label}">{icon(word)}</a></td>'
