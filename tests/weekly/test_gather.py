"""Briefs gathered: of no fleet, of a part of one, of what is over; and what they say of themselves."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.errors import BadQuery, BadQuestion
from reports.people.sight import Sight, seeing
from reports.people.tables import Group
from reports.people.visible_nodes import recount_visible_nodes
from reports.weekly.as_json import write_json
from reports.weekly.brief import WeeklyBrief
from reports.weekly.gather import gather_weekly_brief
from reports.weekly.scope import FLEET, Scope, of_environment, of_query
from reports.weekly.week import IsoWeek
from tests.weekly.fleet import WEB, keep_weeks

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
MOST_STATEMENTS = 40
SCOPES = [FLEET, of_environment("production"), of_query("name:*")]


def gather(scope: Scope = FLEET, *, weeks_ago: int = 0) -> WeeklyBrief:
    now = timezone.now()
    return gather_weekly_brief(scope, IsoWeek.of(now - timedelta(weeks=weeks_ago)), now)


def part(environment: str) -> Sight:
    """Somebody who sees one environment."""
    group = Group.objects.create(name=environment, environments=[environment])
    recount_visible_nodes(timezone.now())
    return Sight(person=None, sees_all=False, groups=(group.pk,))


def test_a_fleet_without_a_node_has_a_brief() -> None:
    brief = gather()
    assert [line.text for line in brief.lines] == ["No run ended in this week so far."]
    assert brief.about.cut_off is None
    assert brief.about.node_count == 0
    assert brief.subject == "no runs"
    assert all(counter.before is None for counter in brief.counters)
    assert write_json(brief)


@pytest.mark.parametrize("scope", [of_environment("nowhere"), of_query("name:nobody")], ids=["environment", "query"])
def test_a_scope_that_means_no_node_holds_none(scope: Scope) -> None:
    keep_weeks()
    brief = gather(scope)
    assert brief.counter("runs").number == brief.about.node_count == brief.silent.count == brief.failures.count == 0
    assert not (brief.nodes.lines or brief.resources.lines or brief.repeaters.lines or brief.mutes.lines)


def test_a_brief_of_a_query_holds_what_somebody_sees_who_sees_these_nodes_alone() -> None:
    keep_weeks()
    with seeing(part("staging")):
        seen = gather()
    asked = gather(of_query("env:staging"))
    same = {"about": asked.about, "lines": asked.lines}
    heat = {"nodes": asked.nodes, "resources": asked.resources}  # told at two moments
    assert [line.name for line in seen.nodes.lines] == [line.name for line in asked.nodes.lines]
    assert [line.name for line in seen.resources.lines] == [line.name for line in asked.resources.lines]
    intake = replace(asked.intake, last_received_at=seen.intake.last_received_at)
    assert replace(seen, **same, **heat, intake=intake) == replace(asked, intake=intake)  # type: ignore[arg-type]
    assert seen.hours is None


@pytest.mark.parametrize(
    "scope", [FLEET, of_environment("production"), of_query("name:*")], ids=["fleet", "env", "query"]
)
def test_a_brief_for_who_sees_a_part_names_nothing_else(scope: Scope) -> None:
    keep_weeks()
    with seeing(part("staging")):
        brief = gather(scope)
    text = write_json(brief).decode()
    assert not [name for name in (*WEB, "broken", "new-1", "quiet", "/etc/new.conf", "4711") if name in text]
    assert brief.about.is_part
    assert any("may see" in told for told in brief.about.filters)


def test_looking_back_is_the_same_after_a_brief() -> None:
    keep_weeks()
    sight = part("staging")
    before = gather()
    with seeing(sight):
        gather(of_query("name:stage-1"))
        inside = gather()
    after = gather()
    assert (before.about.node_count, inside.about.node_count, after.about.node_count) == (13, 2, 13)


def test_mutes_say_whose_they_are_and_which_end_soon() -> None:
    keep_weeks()
    mutes = gather().mutes.lines
    assert [(line.about, line.owner, line.stands, line.ends_soon) for line in mutes] == [
        ("web-0", "grace", True, True),
        ("stage-1", "grace", True, False),
    ]
    assert [line.about for line in gather(of_environment("staging")).mutes.lines] == ["stage-1"]
    assert [line.is_muted for line in gather().nodes.lines if line.name == "web-0"] == [True]


def test_each_hotspot_says_why_it_was_corrected() -> None:
    keep_weeks()
    for weeks_ago in (0, 1):
        brief = gather(weeks_ago=weeks_ago)
        for line in (*brief.nodes.lines, *brief.resources.lines):
            if line.corrections:
                assert line.why is not None
                assert line.why.cause.name == "corrective"
                assert brief.about.since <= line.why.at < brief.about.until
                assert line.why.resource == line.name or line.why.node == line.name


def test_the_intake_is_told_of_the_week() -> None:
    keep_weeks()
    now, before = gather().intake, gather(weeks_ago=1).intake
    assert (now.refused, now.refused_before) == (2, 3)
    assert (before.refused, before.refused_before) == (3, 0)
    assert now.accepted == 54


def test_a_brief_says_what_it_cannot_know() -> None:
    keep_weeks()
    now = " ".join(gather().about.unknown)
    past = " ".join(gather(of_query("env:staging"), weeks_ago=1).about.unknown)
    gone = " ".join(gather(weeks_ago=60).about.unknown)
    assert "not over" in now
    assert "as of making" in past
    assert "finds now" in past
    assert "hours" in past.lower()
    assert "no longer kept" in gone


def test_a_week_without_one_before_it_has_nothing_to_compare_with() -> None:
    keep_weeks()
    oldest = gather(weeks_ago=3)
    assert {counter.before for counter in oldest.counters} == {None}
    assert not any("week before" in line.text for line in oldest.lines)


def test_what_means_nothing_is_refused() -> None:
    now = timezone.now()
    with pytest.raises(BadQuestion, match="not begun"):
        gather_weekly_brief(FLEET, IsoWeek.of(now).after, now)
    with pytest.raises(BadQuery):
        of_query("colour:blue")
    with pytest.raises(BadQuestion, match="environment"):
        of_environment("")


@pytest.mark.parametrize(
    "scope", [FLEET, of_environment("production"), of_query("name:*")], ids=["fleet", "env", "query"]
)
def test_it_asks_few_statements(scope: Scope) -> None:
    keep_weeks()
    with CaptureQueriesContext(connection) as asked:
        gather(scope)
    assert len(asked) <= MOST_STATEMENTS


def test_progress_is_told_and_only_goes_up() -> None:
    keep_weeks()
    told: list[tuple[int, str]] = []
    now = timezone.now()
    gather_weekly_brief(FLEET, IsoWeek.of(now), now, tell_progress=lambda done, doing: told.append((done, doing)))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[0][0] == 0
    assert told[-1][0] == 100
    assert all(doing for _, doing in told)


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == settings.FLEETVIEW_VERSION
