"""Who asks for briefs."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from reports.people.sight import Sight
from reports.weekly.orders import Asker


@pytest.fixture
def ada(db: None) -> Asker:
    """Somebody who sees the whole fleet."""
    user = User.objects.create_user("ada")
    return Asker("ada", Sight(user.pk, sees_all=True))
