"""Addresses of the pages: names in the path, filters in the query string."""

from __future__ import annotations

from django.urls import path, register_converter

from reports.pages.account import account, account_elsewhere
from reports.pages.audit import audit
from reports.pages.brief import brief, brief_again, brief_file, mail_again
from reports.pages.brief_form import ask_for_brief
from reports.pages.brief_incident import brief_of_incident
from reports.pages.brief_schedule import brief_schedule, new_brief_schedule
from reports.pages.brief_schedules import brief_schedule_gone, brief_schedules
from reports.pages.briefs import briefs
from reports.pages.changes import changes
from reports.pages.choose_columns import columns
from reports.pages.compare_nodes import compare_nodes
from reports.pages.compare_runs import compare_runs
from reports.pages.display import display
from reports.pages.exports import EXPORTS
from reports.pages.groups import group, group_gone, group_preview, groups, new_group
from reports.pages.hotspots import hotspots
from reports.pages.incident import incident
from reports.pages.incident_alike import incident_alike
from reports.pages.intake import intake, refused_report
from reports.pages.links import AnyName
from reports.pages.login import Login, Logout
from reports.pages.node import node
from reports.pages.nodes import nodes
from reports.pages.note_form import end_note_now, write_note_page
from reports.pages.notes import notes
from reports.pages.overview import overview, wall
from reports.pages.people import people, person_active, person_password, person_role
from reports.pages.read_again import read_again
from reports.pages.resource import resource
from reports.pages.resources import resources
from reports.pages.run import run
from reports.pages.runs import runs
from reports.pages.saved_views import change_view, saved_view, views
from reports.pages.search import complete_query, search
from reports.pages.sign_on import sso, sso_callback
from reports.pages.token_form import make_token
from reports.pages.tokens import revoke, tokens

register_converter(AnyName, "any_name")

urlpatterns = [
    path("", overview, name="overview"),
    path("wall/", wall, name="wall"),
    path("hotspots/", hotspots, name="hotspots"),
    path("nodes/", nodes, name="nodes"),
    path("nodes/<any_name:name>/", node, name="node"),
    path("runs/", runs, name="runs"),
    path("runs/<uuid:run_id>/", run, name="run"),
    path("changes/", changes, name="changes"),
    path("columns/", columns, name="columns"),
    *EXPORTS,
    path("views/", views, name="views"),
    path("views/save/", saved_view, name="saved_view"),
    path("views/<int:key>/", change_view, name="change_view"),
    path("compare/nodes/", compare_nodes, name="compare_nodes"),
    path("compare/runs/", compare_runs, name="compare_runs"),
    path("incident/", incident, name="incident"),
    path("incident/changes/", incident_alike, name="incident_alike"),
    path("briefs/", briefs, name="briefs"),
    path("briefs/ask/", ask_for_brief, name="ask_for_brief"),
    path("briefs/incident/", brief_of_incident, name="brief_of_incident"),
    path("briefs/schedules/", brief_schedules, name="brief_schedules"),
    path("briefs/schedules/new/", new_brief_schedule, name="new_brief_schedule"),
    path("briefs/schedules/<int:schedule_id>/", brief_schedule, name="brief_schedule"),
    path("briefs/schedules/<int:schedule_id>/delete/", brief_schedule_gone, name="brief_schedule_gone"),
    path("briefs/mails/<int:mail_id>/again/", mail_again, name="mail_again"),
    path("briefs/<int:brief_id>/", brief, name="brief"),
    path("briefs/<int:brief_id>/again/", brief_again, name="brief_again"),
    path("briefs/<int:brief_id>/<str:kind>/", brief_file, name="brief_file"),
    path("resource/", resource, name="resource"),
    path("resources/", resources, name="resources"),
    path("intake/", intake, name="intake"),
    path("intake/refused/<uuid:refused_id>/", refused_report, name="refused_report"),
    path("intake/refused/<uuid:refused_id>/again/", read_again, name="read_again"),
    path("tokens/", tokens, name="tokens"),
    path("tokens/make/", make_token, name="make_token"),
    path("tokens/<int:token_id>/revoke/", revoke, name="revoke_token"),
    path("notes/", notes, name="notes"),
    path("notes/write/", write_note_page, name="write_note"),
    path("notes/<int:note_id>/end/", end_note_now, name="end_note"),
    path("audit/", audit, name="audit"),
    path("people/", people, name="people"),
    path("people/<int:person_id>/role/", person_role, name="person_role"),
    path("people/<int:person_id>/active/", person_active, name="person_active"),
    path("people/<int:person_id>/password/", person_password, name="person_password"),
    path("groups/", groups, name="groups"),
    path("groups/new/", new_group, name="new_group"),
    path("groups/preview/", group_preview, name="group_preview"),
    path("groups/<int:group_id>/", group, name="group"),
    path("groups/<int:group_id>/delete/", group_gone, name="group_gone"),
    path("account/", account, name="account"),
    path("account/elsewhere/", account_elsewhere, name="account_elsewhere"),
    path("display/", display, name="display"),
    path("search/", search, name="search"),
    path("search/complete/", complete_query, name="complete"),
    path("login/", Login.as_view(), name="login"),
    path("login/sso/", sso, name="sso"),
    path("login/sso/callback/", sso_callback, name="sso_callback"),
    path("logout/", Logout.as_view(), name="logout"),
]
