"""The paths of the read API, below `/api/v1/`. A node's name may hold slashes, so nothing can stand after it."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from reports.api.briefs import brief, brief_document, briefs
from reports.api.changes import changes
from reports.api.compare import compare_nodes, compare_runs
from reports.api.hotspots import hotspots
from reports.api.incident import incident
from reports.api.intake import intake
from reports.api.nodes import node, nodes
from reports.api.notes import notes
from reports.api.resources import resources
from reports.api.runs import run, runs
from reports.api.schema import Schema, no_such_path


class AnyText(StringConverter):
    """URL converter: any text at all, slashes and line breaks included."""

    regex = r"(?s:.+)"


register_converter(AnyText, "any_text")

urlpatterns = [
    path("nodes/", nodes, name="api_nodes"),
    path("nodes/<any_text:name>/", node, name="api_node"),
    path("runs/", runs, name="api_runs"),
    path("runs/<str:run_id>/", run, name="api_run"),
    path("changes/", changes, name="api_changes"),
    path("resources/", resources, name="api_resource"),
    path("hotspots/", hotspots, name="api_hotspots"),
    path("compare/runs/", compare_runs, name="api_compare_runs"),
    path("compare/nodes/", compare_nodes, name="api_compare_nodes"),
    path("incident/", incident, name="api_incident"),
    path("notes/", notes, name="api_notes"),
    path("briefs/", briefs, name="api_briefs"),
    path("briefs/<str:brief_id>/", brief, name="api_brief"),
    path("briefs/<str:brief_id>/<str:kind>/", brief_document, name="api_brief_document"),
    path("intake/", intake, name="api_intake"),
    path("schema/", Schema.as_view(), name="api_schema"),
    path("<any_text:rest>", no_such_path),
]
