"""The brief of an incident: what the API answers for the same window, whole and with the reviewer's notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from reports.analysis.incident_question import IncidentQuestion, Only
from reports.errors import BadQuestion
from reports.people.sight import Sight, seeing
from reports.people.tables import Group
from reports.people.visible_nodes import recount_visible_nodes
from reports.search.language import parse
from reports.search.subjects import NODES
from reports.weekly.as_csv import write_csv
from reports.weekly.as_json import write_json
from reports.weekly.incident_brief import MOST_NOTES, IncidentBrief
from reports.weekly.incident_gather import gather_incident_brief
from tests.api.conftest import NASTY, Reader, reader  # noqa: F401 - a fixture
from tests.weekly.fleet import WEB, keep_weeks

pytestmark = pytest.mark.django_db


def ask(q: str = "", **more: object) -> IncidentQuestion:
    """The last forty hours."""
    now = timezone.now()
    question = IncidentQuestion(now - timedelta(hours=40), now, q=q, query=parse(q, NODES) if q else None)
    return replace(question, **more)  # type: ignore[arg-type]


def gather(question: IncidentQuestion, notes: str = "") -> IncidentBrief:
    return gather_incident_brief(question, notes, timezone.now(), zone="Europe/Berlin", reviewer="grace")


@pytest.mark.parametrize("q", ["", "env:staging"])
def test_it_holds_what_the_api_answers(q: str, reader: Reader) -> None:  # noqa: F811
    keep_weeks()
    question = ask(q)
    brief = gather(question)
    asked = {"since": question.since.isoformat(), "until": question.until.isoformat(), "limit": "500"}
    found = reader.get("incident/", 200, **asked, **({"q": q} if q else {}))
    assert [(line.resource, line.nodes, line.times, line.first_at) for line in brief.changes.lines] == [
        (row["change"]["resource"], row["nodes"], row["times"], datetime.fromisoformat(row["first_at"]))
        for row in found["changes"]
    ]
    assert [(line.old, line.new, line.reason) for line in brief.changes.lines] == [
        (row["change"]["old"], row["change"]["new"], row["change"]["reason"]) for row in found["changes"]
    ]
    assert [(line.message, line.runs) for line in brief.failures.lines] == [
        (row["message"], row["runs"]) for row in found["failures"]
    ]
    numbers = {counter.name: counter.number for counter in brief.counters}
    assert numbers["runs"] == found["runs"]["runs"]
    assert numbers["corrected_nodes"] == found["runs"]["corrected_nodes"]
    assert brief.about.matching == found["matching_nodes"]
    assert sum(piece.runs for piece in brief.slices) == numbers["runs"]
    assert sum(line.count for line in (one.nodes for one in brief.moments)) == sum(
        found[kind]["count"] for kind in ("silent", "back", "first_seen", "rebuilt")
    )


def test_notes_are_kept_as_they_were_written_and_not_for_ever() -> None:
    brief = gather(ask(), notes=f"first\r\n\r\n* {NASTY}")
    assert brief.notes == f"first\n\n* {NASTY}"
    assert brief.about.reviewer == "grace"
    with pytest.raises(BadQuestion, match="20,000"):
        gather(ask(), notes="x" * (MOST_NOTES + 1))


def test_an_empty_window_has_a_brief() -> None:
    brief = gather(ask())
    assert brief.changes.count == 0
    assert brief.about.cut_off is None
    assert write_json(brief)
    assert write_csv(brief)


def test_what_is_asked_stands_in_its_filters() -> None:
    keep_weeks()
    brief = gather(ask("env:production", nodes=("web-1",), only=frozenset({Only.CORRECTIONS})))
    assert brief.about.filters == ("nodes: web-1", "query: env:production", "changes: corrections alone")
    assert {line.word.name for line in brief.changes.lines} == {"corrective"}
    assert {line.node for line in brief.changes.lines} == {"web-1"}


def test_changes_come_in_order_of_time_whatever_the_page_was_sorted_by() -> None:
    keep_weeks()
    moments = [line.first_at for line in gather(ask(is_newest_first=True)).changes.lines]
    assert moments == sorted(moments)
    assert len(moments) > 2


def test_who_sees_a_part_gets_that_part() -> None:
    keep_weeks()
    group = Group.objects.create(name="staging", environments=["staging"])
    recount_visible_nodes(timezone.now())
    with seeing(Sight(person=None, sees_all=False, groups=(group.pk,))):
        brief = gather(ask())
    text = write_json(brief).decode()
    assert not [name for name in (*WEB, "broken", "new-1", "/etc/new.conf") if name in text]
    assert brief.about.is_part
    assert {line.node for line in brief.changes.lines} <= {"stage-1", "stage-2"}


def test_the_title_is_told_in_the_zone_of_who_asks() -> None:
    since = datetime.fromisoformat("2026-11-18T23:30:00+00:00")
    question = IncidentQuestion(since, since + timedelta(hours=1))
    assert gather(question).about.title == "Incident of 19 November 2026"
    longer = IncidentQuestion(since, since + timedelta(days=2))
    assert gather(longer).about.title == "Incident of 19 November to 21 November 2026"


def test_a_window_that_is_too_long_is_refused() -> None:
    now = timezone.now()
    with pytest.raises(BadQuestion, match="14 days"):
        gather(IncidentQuestion(now - timedelta(days=15), now))
