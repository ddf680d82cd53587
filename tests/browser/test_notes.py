"""A node is muted in a browser, from a hotspot on; and what carries marks can still be used by everybody."""

from __future__ import annotations

import pytest

from reports.intake.tables import Token
from tests.browser.conftest import Opens
from tests.browser.test_accessible import complaints_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("people", "fleet"),
]


def test_a_node_is_muted_and_marked_in_the_lists_and_no_page_complains(visit: Opens) -> None:
    seen = visit(width=390, theme="dark")
    seen.log_in()
    page = seen.open("/nodes/web-1/")
    page.get_by_role("link", name="write a note or mute").click()
    page.get_by_label("Mute it").check()
    page.get_by_role("button", name="Keep the note").click()
    page.get_by_text("A mute needs an end: choose").wait_for()
    assert complaints_of(page) == []
    page.get_by_label("What is known").fill("Known, see https://tickets.example/4711")
    page.get_by_label("Until", exact=True).select_option("friday")
    page.get_by_role("button", name="Keep the note").click()
    page.get_by_text("Muted.").wait_for()
    assert complaints_of(page) == []
    for address in ("/nodes/", "/hotspots/", "/notes/", "/search/?q=web"):
        page = seen.open(address)
        page.get_by_text("muted", exact=True).first.wait_for()
        assert [one for one in complaints_of(page) if "note" in one] == []
    seen.open("/notes/").get_by_role("button", name="End the mute").click()
    page.get_by_text("The mute is ended.").wait_for()


def test_the_page_that_shows_a_token_can_be_used_by_everybody(visit: Opens) -> None:
    seen = visit(width=390, theme="dark")
    seen.log_in()
    page = seen.open("/tokens/make/?scope=read")
    page.get_by_label("Who will use it").fill("grafana")
    page.get_by_role("button", name="Make the token").click()
    page.get_by_text("Copy it now").wait_for()
    assert complaints_of(page) == []
    page = seen.open("/tokens/")
    assert complaints_of(page) == []
    page.get_by_role("link", name="revoke grafana").click()
    assert complaints_of(page) == []
    page.get_by_role("button", name="Revoke it").click()
    page.get_by_text("opens nothing any more").wait_for()
    assert Token.objects.get(name="grafana").revoked_at is not None
