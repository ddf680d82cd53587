"""A token that an operator makes on a page opens the real door, until it is taken back there."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from reports.intake.tables import Token
from reports.people.roles import Role
from reports.people.tables import Person
from tests.intake.doors import Doors
from tests.intake.reports import DOOR, a_run


@pytest.fixture
def operator(db: None) -> Client:
    client = Client()
    user = User.objects.create_user("grace")
    Person.objects.create(user=user, role=Role.OPERATOR)
    client.force_login(user)
    return client


def make(operator: Client, **fields: str) -> str:
    """The token that the page shows."""
    told = {"key": str(uuid4()), "name": "fleet", "tool": "", "site": "main", "expires": "30", **fields}
    page = operator.post("/tokens/make/?scope=send", told).content.decode()
    found = re.search(r'id="token"[^>]*>([^<]+)<', page)
    assert found, page
    return found[1]


def test_a_report_comes_in_by_a_token_made_on_a_page_and_no_more_once_it_is_revoked(
    operator: Client, doors: Doors
) -> None:
    bearer = {"Authorization": f"Bearer {make(operator)}"}
    assert doors.post(DOOR, a_run(), bearer).status == 200
    assert len(doors.spooled()) == 1
    operator.post(f"/tokens/{Token.objects.get().pk}/revoke/")
    assert doors.post(DOOR, a_run(), bearer).status == 401


def test_a_token_of_another_tool_opens_no_other_door(operator: Client, doors: Doors) -> None:
    bearer = {"Authorization": f"Bearer {make(operator, tool='generic')}"}
    assert doors.post(DOOR, a_run(), bearer).status == 403


def test_a_sender_s_token_outlives_the_login_that_made_it(operator: Client, doors: Doors) -> None:
    bearer = {"Authorization": f"Bearer {make(operator)}"}
    User.objects.all().delete()
    assert Token.objects.get().made_by == "grace"
    assert doors.post(DOOR, a_run(), bearer).status == 200
