"""Briefs made by hand, for what prints, mails and keeps them: a usual one, an empty one, a large one, an incident.

Names and texts are as nasty as the reports of a fleet may be.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from reports.weekly.brief import About, Counter, Definition, Line, LineKind, WeeklyBrief
from reports.weekly.incident_brief import (
    FactLine,
    IncidentAbout,
    IncidentBrief,
    MomentLine,
    Moments,
    VersionLine,
)
from reports.weekly.parts import (
    EnvironmentLine,
    Forecast,
    HeatLine,
    HoursOfWeek,
    Intake,
    MessageLine,
    Rated,
    RepeaterLine,
    Some,
    Word,
)
from tests.weekly.example_parts import (
    DAYS,
    LONG,
    NASTY,
    OUTCOMES,
    SINCE,
    TOLD_AT,
    UNTIL,
    a_change,
    a_day,
    a_failure,
    a_hot_node,
    a_hot_resource,
    a_mute,
    a_silent_node,
    a_slice,
    a_trend,
    an_event,
)

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


def an_example() -> WeeklyBrief:
    """A week of a small fleet with something to say in each part."""
    return WeeklyBrief(
        about=_about(),
        lines=_lines(),
        counters=_counters(),
        outcomes=OUTCOMES,
        days=tuple(a_day(number) for number in range(14)),
        nodes=Some((*(a_hot_node(number) for number in range(8)), replace(a_hot_node(8), name=NASTY)), 31),
        new_nodes=(replace(a_hot_node(9), before=0), replace(a_hot_node(10), name=LONG, before=0)),
        environments=(
            EnvironmentLine("production", 4032, 61, 61 / 4032, 74, 41, 31, "File[/etc/resolv.conf]"),
            EnvironmentLine("", 12, 0, 0.0, 0, 0, 0, None),
        ),
        resources=Some((a_hot_resource(0), replace(a_hot_resource(1), name=NASTY), a_hot_resource(2)), 3),
        new_resources=(replace(a_hot_resource(3), before=0),),
        heat_days=DAYS,
        heat_map=tuple(HeatLine(f"web-{number}.example.com", "main", a_trend(number), 20) for number in range(9)),
        hours=HoursOfWeek(tuple(tuple((hour * day) % 7 for hour in range(24)) for day in range(7)), 480),
        events=Some((an_event(0, 240), an_event(1, 17)), 2),
        failures=Some((a_failure(0), a_failure(1)), 2),
        messages=Some((MessageLine(NASTY, 31, 7, SINCE, "db-1.example.com", "main", is_new=True),), 1),
        silent=Some(tuple(a_silent_node(number) for number in range(5)), 7),
        repeaters=Some(
            (RepeaterLine("Exec[apt-get update]", 112, 5403, UNTIL, "changed in 47 of 48 runs", "web-1", "main"),), 1
        ),
        mutes=Some((a_mute(0), a_mute(1)), 2),
        forecast=_forecast(),
        intake=Intake(4120, 4032, 61, 20, 4, 3, 91_234_567, 0, TOLD_AT, 2, 75.0, is_behind=True),
        definitions=(
            Definition("counters", "runs", "Runs of the week that ended, whatever they ended in."),
            Definition("nodes", "heat", "Corrections, each counting half after seven days."),
        ),
        subject="4,032 runs, 3.6 % failed, 74 corrections on 31 nodes, 7 silent",
    )


def a_quiet_example() -> WeeklyBrief:
    """A week in which nothing happened, of a fleet without a node."""
    usual = an_example()
    quiet = Line(LineKind.WENT, "A quiet week: no run ended.", "days")
    return replace(
        usual,
        about=replace(usual.about, scope="the whole fleet", scope_kind="fleet", node_count=0, cut_off=None, filters=()),
        lines=(quiet,),
        counters=tuple(replace(counter, number=0, before=None) for counter in usual.counters),
        days=tuple(replace(day, runs=(0,) * 6, total=0, corrections=0) for day in usual.days),
        **{name: Some() for name in ("nodes", "resources", "events", "failures", "messages", "silent", "repeaters")},  # type: ignore[arg-type]
        **dict.fromkeys(("new_nodes", "environments", "new_resources", "heat_map"), ()),  # type: ignore[arg-type]
        mutes=Some(),
        hours=None,
        forecast=None,
        intake=Intake(0, 0, 0, 0, 0, 0, 0, 0, None, 0, None, is_behind=False),
        subject="no runs",
    )


def a_large_example(nodes: int = 500) -> WeeklyBrief:
    """A brief that lists so many nodes: more than any that is gathered, to measure what printing takes."""
    usual = an_example()
    hot = tuple(a_hot_node(number) for number in range(nodes))
    return replace(
        usual,
        about=replace(usual.about, node_count=nodes),
        nodes=Some(hot, nodes),
        heat_map=tuple(HeatLine(line.name, line.site, line.trend, sum(line.trend)) for line in hot[:60]),
        silent=Some(tuple(a_silent_node(number) for number in range(nodes)), nodes),
    )


def an_incident(changes: int = 60) -> IncidentBrief:
    """An hour in which a change went wrong."""
    since = NOON
    return IncidentBrief(
        about=_incident_about(),
        notes=f"What we saw first:\n\n* the load balancer\n* {NASTY}\n\nTo do: #pagebreak() must stay text.",
        counters=(
            Counter("runs", "runs", 120, None),
            Counter("failed", "failed", 11, None),
            Counter("changed_nodes", "nodes changed", 2, None),
        ),
        slices=tuple(a_slice(since, number) for number in range(12)),
        versions=_versions(),
        moments=(
            Moments(
                Word("silent", "went silent, and are so still"),
                Some((MomentLine("web-9.example.com", "branch", since), MomentLine(LONG, "main", since)), 3),
            ),
        ),
        events=Some((an_event(0, 240),), 1),
        failures=Some((MessageLine(NASTY, 11, 2, since, "web-1.example.com", "main", is_new=True),), 1),
        facts=Some((FactLine(since, True, "nginx", "1.22", "1.24", 2, "web-1.example.com", "main"),), 1),
        changes=Some(tuple(a_change(since, number) for number in range(changes)), changes + 3),
        definitions=(Definition("changes", "nodes", "Nodes on which this same change was made."),),
    )


def _lines() -> tuple[Line, ...]:
    return (
        Line(LineKind.WENT, "4,032 runs, 3.6 % failed; the week before 2.1 % of 3,998.", "days"),
        Line(LineKind.WENT, "74 corrections on 31 nodes, 33 more than the week before.", "nodes"),
        Line(LineKind.NEW, f"2 nodes are hot that were not: web-9.example.com, {LONG}.", "new_nodes"),
        Line(LineKind.NEW, f"1 message is new: {NASTY}", "messages"),
        Line(LineKind.DECIDE, "1 mute ends within seven days: web-2.example.com (grace).", "mutes"),
    )


def _counters() -> tuple[Counter, ...]:
    told = (
        ("runs", "runs", 4032, 3998),
        ("failed", "failed", 145, 84),
        ("stale_catalog", "stale catalog", 0, 0),
        ("corrected", "corrected", 61, 40),
        ("changed", "changed", 210, 300),
        ("pending", "pending", 0, 0),
        ("unchanged", "unchanged", 3616, 3574),
        ("corrections", "corrections", 74, 41),
        ("nodes", "nodes that ran", 405, 411),
        ("failed_nodes", "nodes on which a run failed", 23, 11),
        ("corrected_nodes", "nodes corrected", 31, 22),
        ("changed_nodes", "nodes changed", 101, 140),
    )
    return tuple(Counter(*one) for one in told)


def _about() -> About:
    return About(
        scope="environment production",
        scope_kind="environment",
        query="",
        week="2026-W47",
        first_day=date(2026, 11, 16),
        last_day=date(2026, 11, 22),
        since=SINCE,
        until=UNTIL,
        zone="UTC",
        is_over=True,
        told_at=TOLD_AT,
        cut_off=TOLD_AT - timedelta(seconds=40),
        is_part=False,
        filters=("environment: production",),
        unknown=("Heat, risk and patterns are as of when this was made, not of the end of the week.",),
        node_count=412,
        version="0.1.0",
    )


def _forecast() -> Forecast:
    return Forecast(
        since=date(2026, 11, 15),
        nodes=412,
        events=61,
        top=20,
        hits=17,
        ran_at=TOLD_AT - timedelta(hours=3),
        weeks=6,
        scores=(Rated("risk", 0.86, 0.84, 0.061), Rated("count of the last seven days", 0.79, 0.7, None)),
        sentence="17 of last week's top 20 needed a correction or failed; of all 412 nodes 61 did.",
    )


def _incident_about() -> IncidentAbout:
    return IncidentAbout(
        title="Incident of 18 November 2026",
        since=NOON,
        until=NOON + timedelta(hours=1),
        zone="Europe/Berlin",
        nodes=("web-1.example.com", "web-2.example.com"),
        query="env:production",
        only=(),
        filters=("nodes: web-1.example.com, web-2.example.com", "query: env:production"),
        matching=2,
        told_at=TOLD_AT,
        cut_off=TOLD_AT - timedelta(minutes=1),
        is_part=True,
        reviewer="grace",
        unknown=("Fleet events are of all nodes that grace may see.",),
        version="0.1.0",
    )


def _versions() -> Some[VersionLine]:
    return Some(
        (VersionLine(NOON, "production", "one", "4f2a" * 10, NASTY, 2, "web-1.example.com", "main", is_new=True),),
        1,
    )
