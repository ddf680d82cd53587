"""The documents of a brief as files: what they are called, and their bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reports.errors import NothingFound
from reports.weekly.documents import Documents
from reports.weekly.tables import Brief, BriefFile

KINDS: Final = {
    "pdf": ("pdf", "application/pdf"),
    "json": ("json", "application/json"),
    "csv": ("csv.zip", "application/zip"),
}
_ODD: Final = re.compile(r"[^A-Za-z0-9]+")
_MOST_SCOPE: Final = 40


@dataclass(frozen=True, slots=True)
class Document:
    """One file. `name` holds letters, digits, dots and dashes alone."""

    name: str
    content_type: str
    body: bytes


def find_document(key: int, kind: str) -> Document:
    """One document of a brief that is made. Raises NothingFound."""
    found = BriefFile.objects.select_related("brief").only(kind, *_NAMED_BY).filter(pk=key).first()
    if found is None or found.brief.state != Brief.State.MADE:
        raise NothingFound("there is no such brief, or it is not made yet, or it is not yours to see")
    return Document(file_name(found.brief, kind), KINDS[kind][1], bytes(getattr(found, kind)))


_NAMED_BY: Final = tuple(
    f"brief__{field}" for field in ("state", "kind", "week", "asked_at", "scope_kind", "scope_value", "scope_name")
)


def file_name(brief: Brief, kind: str) -> str:
    """Such as fleetview-2026-W47-production.pdf. Views and environments may be called anything, so few signs stay."""
    about = brief.week if brief.kind == Brief.Kind.WEEKLY else f"incident-{brief.asked_at:%Y-%m-%d}"
    scope = "" if brief.scope_kind == "fleet" else brief.scope_name or brief.scope_value
    word = _ODD.sub("-", scope)[:_MOST_SCOPE].strip("-").lower()
    return f"fleetview-{about}{f'-{word}' if word else ''}.{KINDS[kind][0]}"


def save_documents(documents: Documents, out: Path) -> Iterator[Path]:
    """Write `out`, which ends in .pdf, and beside it the JSON and the zip of CSV; each path once it is written."""
    for kind, body in (("pdf", documents.pdf), ("json", documents.json), ("csv", documents.csv)):
        path = out.with_suffix(f".{KINDS[kind][0]}")
        path.write_bytes(body)
        yield path
