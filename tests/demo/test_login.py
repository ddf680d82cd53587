"""The demo's login."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import authenticate, get_user_model

from reports.demo.login import NAME, premiere_at, renew_login
from reports.people.roles import Role, role_of


@pytest.mark.django_db
def test_the_login_works_and_is_renewed_each_time() -> None:
    first = renew_login()
    assert authenticate(username=NAME, password=first) is not None
    second = renew_login()
    assert authenticate(username=NAME, password=first) is None
    user = authenticate(username=NAME, password=second)
    assert user is not None
    assert role_of(user) is Role.ADMIN


@pytest.mark.django_db
def test_the_premiere_is_remembered_and_the_login_does_not_move_it() -> None:
    now = datetime(2026, 11, 23, 21, 17, 5, 250_000, tzinfo=UTC)
    premiere = premiere_at(now)
    password = renew_login()
    assert premiere == now.replace(microsecond=0)
    assert premiere_at(now + timedelta(days=9)) == premiere
    assert authenticate(username=NAME, password=password) is not None


@pytest.mark.django_db
def test_nobody_gets_in_before_the_login_is_made() -> None:
    premiere_at(datetime(2026, 11, 23, tzinfo=UTC))
    assert not get_user_model().objects.get(username=NAME).has_usable_password()
