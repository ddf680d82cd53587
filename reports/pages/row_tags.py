"""Rows and groups of cells that stand on a page by the dozen, each written at once for the reason that dense_tags.py
gives. All of it escapes what could hold markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

from django import template
from django.utils.safestring import SafeString, mark_safe

from reports.analysis.last_changes import LastChange
from reports.analysis.node import NodeDayLine
from reports.analysis.resource import ResourceDayLine
from reports.analysis.runs import RunCounts
from reports.analysis.value_history import ValueStep
from reports.pages.dense_tags import day, linked
from reports.pages.hotspot_rows import HotspotRow
from reports.pages.note_tags import note_marks
from reports.pages.tags import NOTHING, duration, mark, name, tally, value, visible

register = template.Library()

_NOT_TOLD: Final = '<span class="none">not told</span>'
# Columns of a list of runs that are counts: the field, the class of what it counts (None: never coloured), of the cell.
_RUN_COUNTS: Final = (
    ("failed", "failed", "num"),
    ("changed", "changed", "num"),
    ("skipped", "skipped", "num wide-only"),
    ("pending", "pending", "num wide-only"),
    ("unchanged", None, "num wide-only"),
    ("total", None, "num wide-only"),
    ("corrective", "corrected", "num wide-only"),
    ("intended", "changed", "num wide-only"),
)


@register.simple_tag
def node_day_rows(days: Iterable[NodeDayLine]) -> SafeString:
    """What a node did, a row a day."""
    return mark_safe("".join(map(_node_day, days)))  # noqa: S308 - escaped below


def _node_day(line: NodeDayLine) -> str:
    return (
        f'<tr><th scope="row" class="fit">{day(line.day)}</th>{_num(tally(line.failures, "failed"))}'
        f"{_num(tally(line.corrections, 'corrected'))}{_num(tally(line.changes, 'changed'))}"
        f"{_num(f'{line.runs:,}')}{_num(duration(line.duration_seconds))}</tr>"
    )


@register.simple_tag
def resource_day_rows(lines: Iterable[ResourceDayLine]) -> SafeString:
    """What a resource did, a row a day and environment."""
    return mark_safe("".join(map(_resource_day, lines)))  # noqa: S308 - escaped below


def _resource_day(line: ResourceDayLine) -> str:
    environment = f'<span class="clamp one">{name(line.environment)}</span>' if line.environment else _NOT_TOLD
    return (
        f'<tr><th scope="row" class="fit">{day(line.day)}</th><td>{environment}</td>'
        f"{_num(tally(line.corrections, 'corrected'))}{_num(tally(line.failures, 'failed'))}"
        f"{_num(tally(line.changes, 'changed'))}{_num(f'{line.nodes:,}')}</tr>"
    )


@register.simple_tag
def run_counts(counts: RunCounts, shows: Mapping[str, bool]) -> SafeString:
    """The cells of one run that are counts, of the columns shown."""
    cells = (_run_count(getattr(counts, of), kind, css) for of, kind, css in _RUN_COUNTS if shows[of])
    return mark_safe("".join(cells))  # noqa: S308 - numbers


def _run_count(count: int, kind: str | None, css: str) -> str:
    return f'<td class="{css}">{tally(count, kind) if kind else f"{count:,}"}</td>'


@register.simple_tag
def last_values(last: LastChange | ValueStep, *, named: bool = True) -> SafeString:
    """What a change found and what it wanted, where that is told; which property, unless that stands elsewhere."""
    told = f'<span class="quiet clamp one">{name(last.property)}</span> ' if named and last.property else ""
    if last.is_sensitive:
        told += '<span class="note">withheld</span>'
    else:
        found = None if last.old is None else value(last.old, "found")
        wanted = None if last.new is None else f"\N{RIGHTWARDS ARROW} {value(last.new, 'wanted')}"
        told += " ".join(side for side in (found, wanted) if side is not None)
    return mark_safe(f'<span class="last-values">{told}</span>')  # noqa: S308 - escaped above


@register.simple_tag
def hot_runs(row: HotspotRow) -> SafeString:
    """How many of its runs put something right, of how many."""
    corrected = linked(row.spot.corrected_runs or 0, row.corrected_runs_link, "all")
    runs = linked(row.spot.runs, row.runs_link, "all")
    return mark_safe(f'{corrected} of {runs} <span class="note share">{row.share}</span>')  # noqa: S308 - numbers


@register.simple_tag
def hot_why(row: HotspotRow, noted: object) -> SafeString:
    """What is hottest in a hotspot: its name, how it behaves there, what stands about it, what shows the pattern."""
    hottest = row.spot.hottest
    if hottest is None:
        return NOTHING
    pattern = mark(row.pattern) if row.pattern else ""
    notes = note_marks(noted, row.pair.node_id, row.pair.resource_id) if row.pair else ""
    evidence = f'<span class="note clamp two">{visible(hottest.evidence)}</span>' if hottest.evidence else ""
    link = f'<a class="clamp one" href="{escape(row.hottest_link or "")}">{name(hottest.name)}</a>'
    return mark_safe(f'<span class="who">{link}{pattern}{notes}</span>{evidence}')  # noqa: S308 - escaped above


def _num(cell: str) -> str:
    return f'<td class="num">{cell}</td>'
