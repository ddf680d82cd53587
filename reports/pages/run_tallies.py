"""The counters of a run's page, each of which leads to what it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from reports.analysis.runs import RunCounts

_NARROWING = ("show", "cause", "status", "from")


@dataclass(frozen=True, slots=True)
class Tally:
    """One counter; `kind` is the CSS class of its colour, `link` None where there is nothing more to see."""

    label: str
    count: int
    kind: str
    link: str | None = None


def narrow(query: QueryDict, asked: Mapping[str, object], *, keeps: bool = False) -> str:
    """The same run's page, asked for this; `keeps` what it was narrowed to before."""
    turned = query.copy()
    for name in () if keeps else _NARROWING:
        turned.pop(name, None)
    for name, value in asked.items():
        turned[name] = str(value)
    return f"?{turned.urlencode()}#changes"


def tally_resources(counts: RunCounts, query: QueryDict) -> tuple[Tally, ...]:
    """Resources by how they ended."""
    told = (
        ("failed", counts.failed, "failed", {"status": "failed"}),
        ("changed", counts.changed, "changed", {"status": "success"}),
        ("pending", counts.pending, "pending", {"status": "pending"}),
        ("skipped", counts.skipped, "skipped", {"status": "skipped"}),
        ("unchanged", counts.unchanged, "unchanged", {"show": "all"}),
    )
    return (
        *(Tally(label, count, kind, narrow(query, asked) if count else None) for label, count, kind, asked in told),
        Tally("in all", counts.total, "all"),
    )


def tally_causes(counts: RunCounts, query: QueryDict) -> tuple[Tally, ...]:
    """Changes by their cause. Only those that occur: most runs have none, and most of the others one."""
    told = (
        ("correction" if counts.corrective == 1 else "corrections", counts.corrective, "corrected", "corrective"),
        ("intended", counts.intended, "changed", "intended"),
        ("first build", counts.first_build, "first_build", "first_build"),
        ("repeated", counts.repeated, "repeated", "repeated"),
        ("triggered", counts.triggered, "triggered", "triggered"),
        ("of unknown cause", counts.unknown, "unknown", "unknown"),
    )
    return tuple(
        Tally(label, count, kind, narrow(query, {"cause": cause})) for label, count, kind, cause in told if count
    )
