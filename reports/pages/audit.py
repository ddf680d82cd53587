"""What people did, newest first: for admins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.analysis.paging import Keyset, Slice, take_slice
from reports.errors import BadQuestion
from reports.pages.asked import Filter, Pager, count_filled, drop_down, moment_asked, name_asked, text_asked, turn_pages
from reports.pages.columns import Column
from reports.pages.export import BATCH, Find
from reports.pages.listing import export_links
from reports.pages.page import Page, show
from reports.people.audit import Act, AuditFilter, find_acts
from reports.people.roles import Role, needs
from reports.people.tables import AuditEntry

LINES = 100
NEWEST_FIRST: Final = Keyset((("at", datetime.fromisoformat), ("id", int)), is_descending=True)


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing more that is known of an act."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One act. `person` is empty where nobody was logged in."""

    at: datetime
    person: str
    act: str
    subject: str
    details: tuple[Detail, ...]
    address: str | None

    @property
    def detail(self) -> str:
        """All of it in one line, for a file."""
        return "; ".join(f"{one.name}: {one.value}" for one in self.details)

    @classmethod
    def of(cls, entry: AuditEntry) -> AuditRow:
        """The row of an entry."""
        details = tuple(Detail(name.replace("_", " "), _tell(value)) for name, value in entry.detail.items())
        return cls(entry.at, entry.person, entry.act, entry.subject, details, entry.address)


AUDIT_COLUMNS: Final = (
    Column("at"),
    Column("person"),
    Column("act"),
    Column("subject"),
    Column("detail"),
    Column("address"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage(Page):
    """`since` and `until` as they were typed, so that the form shows them again."""

    person: str
    since: str
    until: str
    filters: tuple[Filter, ...]
    is_filtered: bool
    filled: int
    rows: tuple[AuditRow, ...]
    pager: Pager
    exports: tuple[tuple[str, str], ...]


@require_safe
@needs(Role.ADMIN)
def audit(request: HttpRequest) -> HttpResponse:
    """The page at `/audit/`."""
    return show(request, "audit", build_audit(request.GET, timezone.now()))


def build_audit(query: QueryDict, now: datetime) -> AuditPage:
    """One walk down an index. Raises BadQuestion for a filter or cursor that means nothing."""
    wanted = read_filter(query)
    found = _find(wanted, text_asked(query, "cursor"), LINES)
    return AuditPage(
        title="Audit log",
        section="audit",
        now=now,
        person=wanted.person or "",
        since=text_asked(query, "since") or "",
        until=text_asked(query, "until") or "",
        filters=(drop_down("act", "What", list(Act), chosen=wanted.act),),
        is_filtered=wanted != AuditFilter(),
        filled=count_filled(query, ("person", "act", "since", "until")),
        rows=found.rows,
        pager=turn_pages(query, found),
        exports=export_links(query),
    )


def open_audit(query: QueryDict, _now: datetime) -> Find:
    """The same rows, as a file."""
    wanted = read_filter(query)
    return lambda cursor: _find(wanted, cursor, BATCH)


def _find(wanted: AuditFilter, cursor: str | None, limit: int) -> Slice[AuditRow]:
    found = take_slice(find_acts(wanted), NEWEST_FIRST, cursor=cursor, limit=limit)
    return Slice(tuple(AuditRow.of(entry) for entry in found.rows), found.next, found.previous)


def read_filter(query: QueryDict) -> AuditFilter:
    """What the query string asks for."""
    return AuditFilter(
        person=name_asked(query, "person"),
        act=_act_asked(query),
        since=moment_asked(query, "since"),
        until=moment_asked(query, "until"),
    )


def _act_asked(query: QueryDict) -> Act | None:
    asked = text_asked(query, "act")
    if asked is not None and asked not in set(Act):
        raise BadQuestion(f"act: there is no {asked[:80]}; choose from {', '.join(Act)}")
    return None if asked is None else Act(asked)


def _tell(value: object) -> str:
    match value:
        case list():
            return ", ".join(map(str, value)) or "none"
        case bool():
            return "yes" if value else "no"
        case None:
            return "none"
        case _:
            return str(value)
