"""What gunicorn loads: doors, pages and API in one application."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fleetview.settings")
_django = get_wsgi_application()

from fleetview.garbage import spare_what_stays  # noqa: E402 - Django has to be set up first
from reports.intake.shortcut import doors_first  # noqa: E402

application = doors_first(_django)
spare_what_stays()
