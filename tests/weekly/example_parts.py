"""The lines of the briefs made by hand. Names and texts are as nasty as the reports of a fleet may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from reports.weekly.incident_brief import ChangeEntry, SliceLine
from reports.weekly.parts import DayOfRuns, EventLine, FailureLine, HotLine, MuteLine, SilentLine, Why, Word

TOLD_AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
SINCE = datetime(2026, 11, 16, tzinfo=UTC)
UNTIL = datetime(2026, 11, 23, tzinfo=UTC)
FIRST_DAY = date(2026, 11, 9)
DAYS = tuple(FIRST_DAY + timedelta(days=offset) for offset in range(14))
NASTY = (
    'File[/srv/<script>alert("1")</script>/#set page(width: 1pt)/\\*_`$x$ @ref \u202egnp.exe\u202c '
    "\x00\x1b[31m \N{PILE OF POO}\N{ZERO WIDTH JOINER}\N{WOMAN} \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627"
    " \u65e5\u672c\u8a9e e\u0301 \ud800]"
)
LONG = "node-" + "x" * 2000
OUTCOMES = tuple(
    Word(name, name.replace("_", " "))
    for name in ("failed", "stale_catalog", "corrected", "changed", "pending", "unchanged")
)
PERIODIC, REPEATER = Word("periodic", "periodic"), Word("repeater", "repeater")


def a_hot_node(number: int) -> HotLine:
    """A node with corrections."""
    name, resource = f"web-{number}.example.com", "File[/etc/resolv.conf]"
    why = Why(
        resource=resource,
        node=name,
        at=UNTIL - timedelta(hours=number + 1),
        cause=Word("corrective", "correction"),
        source="inferred from the node's runs",
        reason="set to this same value at 14:02, found different at 14:32, code version unchanged",
        property="content",
        old="nameserver 10.0.0.1",
        new="nameserver 10.0.0.2",
    )
    return HotLine(
        name=name,
        site="main",
        environment="production",
        corrections=20 - number % 20,
        before=number % 5,
        trend=a_trend(number),
        days=min(7, 1 + number % 7),
        nodes=None,
        runs=336,
        corrected_runs=20 - number % 20,
        share_of_runs=(20 - number % 20) / 336,
        heat=31.5 / (number + 1),
        risk=max(0.02, 0.97 - number / 50),
        pattern=PERIODIC if number % 2 else None,
        evidence="daily about 02:00" if number % 2 else None,
        reasons=("corrected on 5 of the last 7 days", f"{resource}: daily about 02:00"),
        hottest=resource,
        hottest_site=None,
        last_correction_at=why.at,
        why=why,
        is_muted=number == 2,
        is_clock_wrong=number == 3,
    )


def a_hot_resource(number: int) -> HotLine:
    """A resource with corrections on several nodes."""
    return replace(
        a_hot_node(number),
        name=f"File[/etc/app-{number}.conf]",
        site=None,
        environment=None,
        nodes=12 - number,
        corrected_runs=None,
        risk=None,
        hottest=f"web-{number}.example.com",
        hottest_site="main",
        is_clock_wrong=False,
    )


def a_mute(number: int) -> MuteLine:
    """A mute that stands, or one that was ended."""
    stands = number == 0
    return MuteLine(
        about="web-2.example.com" if stands else NASTY,
        text="known, ticket 4711 <b>" if stands else NASTY,
        owner="grace",
        since=SINCE - timedelta(days=3),
        until=TOLD_AT + timedelta(days=2),
        ended_at=None if stands else UNTIL - timedelta(days=1),
        ended_by=None if stands else "ada",
        stands=stands,
        ends_soon=stands,
    )


def a_day(number: int) -> DayOfRuns:
    """A day with runs of most outcomes."""
    runs = (20 + number, number % 3, 8, 30, 0, 510 - number)
    return DayOfRuns(DAYS[number], runs, sum(runs), 10 + number % 4, is_of_week=number >= 7)


def a_trend(number: int) -> tuple[int, ...]:
    """Corrections of 14 days."""
    return tuple((number * 7 + day * 3) % 5 for day in range(14))


def an_event(number: int, nodes: int) -> EventLine:
    """A fleet event."""
    at = SINCE + timedelta(days=number, hours=2)
    return EventLine("File[/etc/resolv.conf]", "production", at, at + timedelta(minutes=25), nodes, nodes + 3)


def a_failure(number: int) -> FailureLine:
    """Nodes that fail alike."""
    word = OUTCOMES[number]
    resource = None if number else "Service[nginx]"
    return FailureLine(word, 9 - number, UNTIL, "db-1.example.com", "main", resource, NASTY if number else None)


def a_silent_node(number: int) -> SilentLine:
    """A node that is silent."""
    at = UNTIL - timedelta(days=number, hours=5)
    return SilentLine(f"old-{number}.example.com", "main", None if number else "staging", at, is_muted=number == 1)


def a_slice(since: datetime, number: int) -> SliceLine:
    """Five minutes of an incident."""
    start = since + number * timedelta(minutes=5)
    return SliceLine(start, start + timedelta(minutes=5), 10, number % 3, number % 4, number % 2, number % 5)


def a_change(since: datetime, number: int) -> ChangeEntry:
    """A line of changes."""
    at = since + timedelta(seconds=50 * number)
    return ChangeEntry(
        first_at=at,
        last_at=at + timedelta(minutes=3),
        nodes=1 + number % 3,
        times=1 + number % 4,
        node=f"web-{number % 3}.example.com",
        site="main",
        resource=NASTY if number == 7 else f"File[/etc/app-{number}.conf]",
        property="content",
        old=NASTY if number == 8 else "workers = 4",
        new="workers = 8",
        diff="--- a\n+++ b\n@@ -1 +1 @@\n-workers = 4\n+workers = 8\n" if number % 5 == 0 else None,
        is_sensitive=False,
        word=Word("intended", "intended"),
        source="inferred from the node's runs",
        reason="the code version moved",
        message=None,
        tool="one",
        environment="production",
        code_version="4f2a" * 10,
        defined_at="site.pp:7",
        news=("new on this node",) if number % 9 == 0 else (),
    )
