"""Which room answers which path. Paths are fixed by DESIGN sections 4 and 8; none is ever redirected for a slash."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from fleetview.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("", include("reports.intake.urls")),
]
