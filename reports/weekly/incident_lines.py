"""The answers of an incident window as the lines of its brief."""

from __future__ import annotations

from reports.analysis.incident_changes import FoldedChange, IncidentChanges
from reports.analysis.incident_inventory import MovedFacts
from reports.analysis.incident_nodes import IncidentNodes
from reports.analysis.incident_runs import IncidentRuns
from reports.analysis.incident_versions import MovedVersions
from reports.analysis.incident_words import tell_happened, tell_news
from reports.analysis.words import CAUSE_SOURCES, word_of_change
from reports.run import Status
from reports.weekly.incident_brief import ChangeEntry, FactLine, MomentLine, Moments, SliceLine, VersionLine
from reports.weekly.parts import Some, Word


def tell_slices(runs: IncidentRuns) -> tuple[SliceLine, ...]:
    """What was done in each slice of the window."""
    return tuple(
        SliceLine(
            since=one.since,
            until=one.until,
            runs=one.runs,
            corrective=one.corrective,
            intended=one.intended,
            other=one.other,
            failed=one.failed,
        )
        for one in runs.slices
    )


def tell_versions(moved: MovedVersions) -> Some[VersionLine]:
    """Code versions, by when they came."""
    lines = (
        VersionLine(
            first_at=one.first_at,
            environment=one.environment,
            tool=one.tool,
            before=one.before,
            version=one.version,
            nodes=one.nodes,
            node=one.node,
            site=one.site,
            is_new=one.is_new,
        )
        for one in moved.first
    )
    return Some(tuple(lines), moved.count)


def tell_facts(moved: MovedFacts) -> Some[FactLine]:
    """Facts and packages, on most nodes first."""
    lines = (
        FactLine(one.first_at, one.is_package, one.name, one.old, one.new, one.nodes, one.node, one.site)
        for one in moved.first
    )
    return Some(tuple(lines), moved.count)


def tell_moments(nodes: IncidentNodes) -> tuple[Moments, ...]:
    """Only what happened to some nodes, the worst first."""
    return tuple(
        Moments(
            Word(one.key, one.label),
            Some(tuple(MomentLine(node.name, node.site, node.at) for node in one.found.first), one.found.count),
        )
        for one in tell_happened(nodes)
    )


def tell_changes(changes: IncidentChanges) -> Some[ChangeEntry]:
    """In the order of time."""
    return Some(tuple(map(_entry, changes.page.rows)), changes.lines)


def _entry(folded: FoldedChange) -> ChangeEntry:
    change = folded.change
    succeeded = change.status is Status.SUCCESS
    name = change.cause.name if succeeded else change.status.name
    return ChangeEntry(
        first_at=folded.first_at,
        last_at=folded.last_at,
        nodes=folded.nodes,
        times=folded.times,
        node=change.node,
        site=change.site,
        resource=change.resource,
        property=change.property,
        old=change.old,
        new=change.new,
        diff=change.diff,
        is_sensitive=change.is_sensitive,
        word=Word(name.lower(), word_of_change(change.status, change.cause).label),
        source=CAUSE_SOURCES[change.cause_source] if change.cause_source and succeeded else None,
        reason=change.reason,
        message=change.message,
        tool=change.tool,
        environment=change.environment,
        code_version=folded.code_version,
        defined_at=change.defined_at,
        news=tell_news(folded),
    )
