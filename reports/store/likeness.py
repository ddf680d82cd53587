"""Which changes are the same change on different nodes: what makes others that made it at about one time companions."""

from __future__ import annotations

from reports.run import Change, ResourceOutcome, Run, Status
from reports.store.ids import likeness_id

_NO_EVIDENCE = frozenset({Status.UNCHANGED, Status.SKIPPED})


def likeness(site: str, run: Run, resource: ResourceOutcome, change: Change) -> int | None:
    """The id of all changes of this site, tool and environment that did this to this resource.

    Of one property, from the same state found to the same state wanted, whether they succeeded or not. None for what
    says nothing of the code: what was not executed, what another change set off, what the tool itself knows as drift.
    """
    if change.triggered or change.corrective or change.status in _NO_EVIDENCE:
        return None
    return likeness_id(
        (site, run.environment, run.tool, resource.type, resource.title, resource.key, change.property),
        (resource.found, resource.desired, change.old, change.new),
    )
