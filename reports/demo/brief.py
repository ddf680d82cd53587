"""A brief for the archive of the demo, and a schedule to look at: ordered as people do, and made by the schedule."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import get_user_model

from reports.demo.login import NAME
from reports.people.sight import Sight
from reports.weekly.orders import Asker, order_weekly
from reports.weekly.paper import Paper
from reports.weekly.schedules import USUAL, Wanted, list_schedules, save_schedule
from reports.weekly.scope import FLEET
from reports.weekly.tables import Brief
from reports.weekly.week import IsoWeek


def order_brief(now: datetime) -> None:
    """Order that of the last whole week, where none was ordered yet. It is made within seconds, beside all else."""
    user = get_user_model().objects.get(username=NAME)
    if not Brief.objects.exists():
        asker = Asker(NAME, Sight(user.pk, sees_all=True))
        order_weekly(asker, FLEET, IsoWeek.of(now).before, Paper.A4, now)
    if not list_schedules():
        save_schedule(Wanted("Incident review", True, USUAL, FLEET, Paper.A4, ()), now)
