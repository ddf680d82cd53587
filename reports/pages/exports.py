"""Which lists come as files, and where."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern

from reports.pages.audit import AUDIT_COLUMNS, open_audit
from reports.pages.changes import CHANGES
from reports.pages.compare_export import COLUMNS as APART_COLUMNS
from reports.pages.compare_export import open_node_pair
from reports.pages.export import export_paths, open_list
from reports.pages.hotspot_export import COLUMNS, open_hotspots
from reports.pages.incident_export import COLUMNS as INCIDENT_COLUMNS
from reports.pages.incident_export import open_incident
from reports.pages.nodes import NODES
from reports.pages.resources import RESOURCES
from reports.pages.runs import RUNS
from reports.people.roles import Role, needs

_LISTINGS: Final = (NODES, RUNS, CHANGES, RESOURCES)
EXPORTS: Final[list[URLPattern]] = [
    *(
        path
        for one in (NODES, RUNS, CHANGES, RESOURCES)
        for path in export_paths(one.page, one.columns, open_list(one))
    ),
    *export_paths("hotspots", COLUMNS, open_hotspots),
    *export_paths("audit", AUDIT_COLUMNS, open_audit, guard=needs(Role.ADMIN)),
    *export_paths("incident", INCIDENT_COLUMNS, open_incident),
    *export_paths("compare/nodes", APART_COLUMNS, open_node_pair),
]
