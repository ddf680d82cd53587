"""People in a browser: signing in elsewhere under our own policy, and a group that is counted while it is made."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect
from pytest_django import Settings

from reports.people.tables import Group
from tests.browser.conftest import Opens
from tests.browser.test_accessible import complaints_of
from tests.people.provider import CLIENT, SECRET, run_provider

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("people")]


def test_a_link_leads_to_the_provider_and_back_where_one_wanted_to_go(visit: Opens, settings: Settings) -> None:
    with run_provider() as provider:
        settings.FLEETVIEW_OIDC_ISSUER = provider.issuer
        settings.FLEETVIEW_OIDC_CLIENT_ID, settings.FLEETVIEW_OIDC_CLIENT_SECRET = CLIENT, SECRET
        settings.FLEETVIEW_OIDC_NAME = "Example"
        seen = visit()
        seen.open("/runs/")
        assert complaints_of(seen.page) == []
        seen.page.get_by_role("link", name="Sign in with Example").click()
        seen.page.wait_for_url("**/runs/")
        seen.expect_heading("Runs")
        seen.assert_calm("/runs/")
        provider.denies = True
        other = visit()
        other.open("/login/")
        other.page.get_by_role("link", name="Sign in with Example").click()
        other.page.get_by_text("Signing in was cancelled.").wait_for()
        assert complaints_of(other.page) == []
    assert User.objects.filter(username="ada-2").exists(), "the provider's ada is not ours"


@pytest.mark.usefixtures("fleet")
def test_a_group_is_counted_while_it_is_made(visit: Opens) -> None:
    seen = visit()
    seen.log_in()
    page = seen.open("/groups/new/")
    page.get_by_label("Name").fill("stagers")
    page.get_by_label("staging").check()
    page.get_by_text("1 of 7 nodes").wait_for()
    page.get_by_label("and the nodes that match").fill("name:qui*")
    page.get_by_text("2 of 7 nodes").wait_for()
    page.get_by_label("and the nodes that match").fill("status:failed")
    page.locator("#group-preview .failed").wait_for()
    assert complaints_of(page) == []
    page.get_by_label("and the nodes that match").fill("name:qui*")
    page.get_by_label("vera").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/groups/")
    seen.assert_calm("/groups/")
    assert Group.objects.get().members.filter(username="vera").exists()
    other = visit()
    other.log_in("vera")
    other.open("/nodes/")
    expect(other.page.locator("tbody tr")).to_have_count(2)


@pytest.mark.parametrize("width", [1280, 390])
def test_people_fit_on_a_phone(visit: Opens, width: int) -> None:
    seen = visit(width=width)
    seen.log_in()
    for address in ("/people/", "/groups/", "/groups/new/", "/account/"):
        seen.open(address)
        assert complaints_of(seen.page) == []
        seen.assert_calm(address)
