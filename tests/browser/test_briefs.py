"""A brief in a browser: asked for, waited for, downloaded; with and without JavaScript, and of an incident."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import pypdf
import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from reports.weekly.make import make_next
from reports.weekly.tables import Brief
from tests.browser.conftest import Opens
from tests.weekly.press import QuickPress

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fleet")]


def make_all() -> None:
    """What the schedule process does beside the pages."""
    while make_next(timezone.now()):
        pass
    connection.close()


@pytest.fixture
def _alone(fleet: None) -> None:
    """No other brief waits."""
    Brief.objects.all().delete()


@pytest.mark.usefixtures("_alone")
@pytest.mark.parametrize(
    ("width", "theme"), [(1280, "light"), (390, "dark")], ids=["a desk by day", "a phone by night"]
)
def test_a_brief_is_asked_for_waited_for_and_downloaded(visit: Opens, width: int, theme: str) -> None:
    seen = visit(width=width, theme=theme)
    page = seen.log_in("vera")
    seen.open("/briefs/")
    page.get_by_role("link", name="Ask for a weekly brief").click()
    page.get_by_label("Of", exact=True).select_option("env:production")
    page.get_by_role("button", name="Make the brief").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_text("It begins within seconds")).to_be_visible()
    Brief.objects.update(state="being made", per_cent=40, doing="counting runs")
    page.get_by_text("40 %: counting runs").wait_for()
    seen.assert_calm("a brief that is being made")
    making = threading.Thread(target=make_all)
    making.start()
    page.get_by_role("heading", name="What matters").wait_for(timeout=60_000)
    making.join()
    expect(page.get_by_role("progressbar")).to_be_hidden()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    pdf = pypdf.PdfReader(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert download.value.suggested_filename.endswith("-production.pdf")
    assert "production" in pdf.pages[0].extract_text()
    assert Brief.objects.get().pages == len(pdf.pages)
    seen.assert_calm("a brief that is made")


@pytest.mark.usefixtures("_alone")
def test_without_javascript_one_looks_again(visit: Opens) -> None:
    seen = visit(java_script_enabled=False)
    page = seen.log_in("vera")
    seen.open("/briefs/ask/")
    page.get_by_role("button", name="Make the brief").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    make_next(timezone.now(), QuickPress())
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("heading", name="What matters")).to_be_visible()


@pytest.mark.usefixtures("_alone")
def test_an_incident_becomes_a_brief_with_notes(visit: Opens) -> None:
    seen = visit()
    page = seen.log_in("vera")
    seen.open("/incident/?last=4h")
    page.get_by_role("link", name="As a PDF").click()
    page.get_by_label("Notes of the review").fill("Found: <b>the disk</b>")
    page.get_by_role("button", name="Make the brief").click()
    make_all()
    page.get_by_role("link", name="PDF").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    pdf = pypdf.PdfReader(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert "Found: <b>the disk</b>" in " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    seen.assert_calm("an incident as a brief")


def test_an_admin_sets_up_a_schedule(visit: Opens) -> None:
    seen = visit(width=390, theme="dark")
    page = seen.log_in("ada")
    seen.open("/briefs/schedules/new/")
    page.get_by_label("Name").fill("Ops")
    page.get_by_label("Time zone").select_option("Europe/Berlin")
    page.get_by_label("Mailed to").fill("ops@example.net")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Ops", exact=True)).to_be_visible()
    seen.assert_calm("schedules")
