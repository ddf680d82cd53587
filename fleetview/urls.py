"""Which room answers which path. Paths are fixed by DESIGN sections 4 and 8; none is ever redirected for a slash."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from fleetview.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("", include("reports.intake.urls")),
    path("api/v1/", include("reports.api.urls")),  # after the doors, for it answers every other path below it
    path("", include("reports.pages.urls")),
]

handler400 = "reports.pages.problems.bad_request"
handler403 = "reports.pages.problems.forbidden"
handler404 = "reports.pages.problems.not_found"
handler500 = "reports.pages.problems.server_error"
