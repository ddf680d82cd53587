"""The doors' paths, made from what the adapters declare; no tool is named here."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from reports.adapters.discovery import doors
from reports.intake.views import answer_get, answer_nowhere, take_report


def _patterns() -> list[URLPattern]:
    named = [(name, door) for name, (_, door) in doors().items()]
    posts = [path(form, take_report, {"door_name": name}) for name, door in named for form in door.paths]
    # A named group around it all: Django would hand over the groups inside a declared path otherwise.
    gets = [
        re_path(f"^(?P<path>{get.path})$", answer_get, {"door_name": name}) for name, door in named for get in door.gets
    ]
    return [*posts, *gets, re_path("^api/v1/reports/", answer_nowhere)]


urlpatterns = _patterns()
