"""What can a list be filtered by?"""

from __future__ import annotations

from dataclasses import dataclass

from reports.rollups.tables import NodeState


@dataclass(frozen=True, slots=True)
class Choices:
    """The values that nodes really have, each in order."""

    sites: tuple[str, ...]
    environments: tuple[str, ...]
    tools: tuple[str, ...]


def list_choices() -> Choices:
    """Reads node_state once: one narrow row a node. The answer is as large as there are combinations."""
    rows = list(NodeState.objects.values_list("site", "environment", "tools").distinct().order_by())
    return Choices(
        sites=tuple(sorted({site for site, _, _ in rows})),
        environments=tuple(sorted({environment for _, environment, _ in rows if environment})),
        tools=tuple(sorted({tool for _, _, tools in rows for tool in tools})),
    )
