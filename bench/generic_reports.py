"""Tells any run in our own JSON, for benches: of this kind no real reports lie about."""

from __future__ import annotations

import json
from typing import Any, Final

from reports.run import Change, Outcome, ResourceOutcome, Run, Status

_STATUSES: Final = {
    Status.SUCCESS: "changed",
    Status.FAILED: "failed",
    Status.SKIPPED: "skipped",
    Status.PENDING: "pending",
}


def tell_in_generic_json(run: Run) -> bytes:
    """A run that has ended, as a sender would write it: what is not told is left out."""
    body = _told(
        tool=run.tool,
        node=run.node,
        run_id=str(run.run_id),
        started_at=run.started_at.isoformat(),
        ended_at=run.ended_at and run.ended_at.isoformat(),
        status="failure" if run.outcome is Outcome.FAILED else "success",
        environment=run.environment,
        code_version=run.code_version,
        resources=[_resource(one) for one in run.resources] + [_unchanged(*one) for one in run.in_sync],
        logs=[{"message": line.message, "level": line.level.name.lower()} for line in run.logs],
    )
    return json.dumps(body, separators=(",", ":")).encode()


def _resource(one: ResourceOutcome) -> dict[str, Any]:
    return _told(
        type=one.type,
        title=one.title,
        status=_STATUSES[one.status],
        key=one.key,
        defined_at=one.defined_at,
        duration_seconds=one.duration_seconds,
        desired=one.desired,
        found=one.found,
        changes=[_change(change) for change in one.changes],
    )


def _unchanged(kind: str, title: str, desired: str | None) -> dict[str, Any]:
    return _told(type=kind, title=title, status="unchanged", desired=desired)


def _change(change: Change) -> dict[str, Any]:
    return _told(
        property=change.property,
        old=change.old,
        new=change.new,
        message=change.message,
        diff=change.diff,
        corrective=change.corrective,
    )


def _told(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    return {name: value for name, value in fields.items() if value is not None and value != []}
