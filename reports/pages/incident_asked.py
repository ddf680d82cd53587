"""What the query string asks of an incident window, and the addresses of others like it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.urls import reverse

from reports.analysis.changes import ChangeLine
from reports.analysis.incident_question import IncidentQuestion, Only
from reports.errors import BadQuestion
from reports.pages.asked import text_asked, words_asked
from reports.pages.links import name_change, stamp, with_query
from reports.pages.query_field import query_asked
from reports.search.subjects import NODES

SPANS: Final = {"1h": 1, "4h": 4, "24h": 24}  # hours up to now
USUAL_SPAN: Final = "4h"
ORDERS: Final = ("oldest", "newest")


@dataclass(frozen=True, slots=True)
class AskedIncident:
    """The question, and how its window was asked for: `last` is None where it is fixed in time, and so lasts."""

    question: IncidentQuestion
    last: str | None
    zone: ZoneInfo

    def link(self, **other: object) -> str:
        """The same question with something else; the window stays fixed or moving as it was, from the first line on."""
        return link_to_incident(self.question, **{"last": self.last, **other})

    def freeze(self) -> str:
        """The address that shows this very window for as long as its runs are kept."""
        return link_to_incident(self.question)

    def at(self, since: datetime, until: datetime) -> str:
        """The same question of another window."""
        return link_to_incident(self.question, since=stamp(since), until=stamp(until))


def read_incident(query: QueryDict, now: datetime, *, zone: str = "UTC") -> AskedIncident:
    """Raises BadQuestion. Times that name no zone are of the viewer's."""
    place = ZoneInfo(zone)
    since, until = _moment(query, "since", place), _moment(query, "until", place)
    last = text_asked(query, "last") or (None if since or until else USUAL_SPAN)
    if last is not None and last not in SPANS:
        raise BadQuestion(f"last: choose from {', '.join(SPANS)}")
    if last is not None:
        since, until = now - timedelta(hours=SPANS[last]), now
    elif since is None or until is None:
        until = until or now
        since = since or until - timedelta(hours=SPANS[USUAL_SPAN])
    question = IncidentQuestion(
        since=since,
        until=until,
        nodes=read_names(query),
        q=query.get("q", "").strip(),
        query=query_asked(query, NODES),
        only=words_asked(query, "only", Only),
        is_newest_first=_order(query) == "newest",
    )
    return AskedIncident(question, last, place)


def read_names(query: QueryDict) -> tuple[str, ...]:
    """The names of nodes, one a line or one a parameter, each once."""
    lines = (line.strip() for text in query.getlist("nodes") for line in text.splitlines())
    names = tuple(dict.fromkeys(line for line in lines if line))
    if any("\x00" in name for name in names):
        raise BadQuestion("nodes: no name holds a NUL character")
    return names


def link_to_incident(question: IncidentQuestion, **other: object) -> str:
    """The page of a window; `other` is asked instead of, or beside, what the question asks. With `last` it moves."""
    asked: dict[str, object] = {} if other.get("last") else _fixed(question.since, question.until)
    asked |= {
        "nodes": list(question.nodes),
        "q": question.q,
        "only": sorted(one.value for one in question.only),
        "order": "newest" if question.is_newest_first else None,
    }
    return with_query(reverse("incident"), {**asked, **other})


def _fixed(since: datetime, until: datetime) -> dict[str, object]:
    return {"since": stamp(since), "until": stamp(until)}


def _order(query: QueryDict) -> str:
    order = text_asked(query, "order") or ORDERS[0]
    if order not in ORDERS:
        raise BadQuestion(f"order: choose from {', '.join(ORDERS)}")
    return order


def _moment(query: QueryDict, name: str, zone: ZoneInfo) -> datetime | None:
    value = text_asked(query, name)
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
        return (moment.replace(tzinfo=zone) if moment.tzinfo is None else moment).astimezone(UTC)
    except (ValueError, OverflowError) as unreadable:
        raise BadQuestion(f"{name}: write a date or time such as 2026-11-23 or 2026-11-23T14:30Z") from unreadable


def link_to_alike(asked: AskedIncident, change: ChangeLine) -> str:
    """The changes of the window that stand behind one line of it."""
    question = asked.question
    of_window = {**_fixed(question.since, question.until), "nodes": list(question.nodes), "q": question.q}
    one = {"node": change.node, "site": change.site, "change": name_change(change.run_id, change.ordinal)}
    return with_query(reverse("incident_alike"), {**of_window, **one})
