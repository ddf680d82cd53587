"""The app's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """No `ready()`: nothing happens on import."""

    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"
