"""`manage.py weekly_brief`: three files, or a sentence that says what is wrong."""

from __future__ import annotations

import json
import zipfile
from io import StringIO
from pathlib import Path

import pypdf
import pytest
from django.core.management import CommandError, call_command

from reports.people.tables import SavedView
from reports.weekly.tables import Brief
from reports.weekly.week import IsoWeek
from tests.api.conftest import NOW, keep_small_fleet
from tests.weekly.kept import login_of

pytestmark = pytest.mark.django_db
WEEK = str(IsoWeek.of(NOW))


def run(*asked: str) -> list[str]:
    """What it prints, line by line."""
    said = StringIO()
    call_command("weekly_brief", *asked, now=NOW, stdout=said)
    return said.getvalue().splitlines()


def test_it_writes_the_pdf_and_the_same_as_json_and_csv(tmp_path: Path) -> None:
    keep_small_fleet()
    out = tmp_path / "week.pdf"
    assert run("--week", WEEK, "--out", str(out), "--environment", "production", "--paper", "letter") == [
        str(tmp_path / name) for name in ("week.pdf", "week.json", "week.csv.zip")
    ]
    page = pypdf.PdfReader(out).pages[0]
    assert "production" in page.extract_text() and round(float(page.mediabox.width)) == 612
    assert json.loads((tmp_path / "week.json").read_bytes())["about"]["week"] == WEEK
    assert zipfile.ZipFile(tmp_path / "week.csv.zip").namelist()
    assert not Brief.objects.exists()


def test_a_saved_view_goes_by_its_name(tmp_path: Path) -> None:
    keep_small_fleet()
    for owner, name in (("ada", "web"), ("ada", "twice"), ("eve", "twice"), ("ada", "all")):
        query = "" if name == "all" else "q=name:web-*"
        SavedView.objects.create(owner_id=login_of(owner), name=name, page="nodes", query=query)
    out = tmp_path / "week.pdf"
    run("--out", str(out), "--view", "web")
    about = json.loads((tmp_path / "week.json").read_bytes())["about"]
    assert (about["scope"], about["query"]) == ("web", "name:web-*")
    for view, said in (
        ("twice", "of ada, eve"),
        ("none", "there is all, twice, twice, web"),
        ("all", "filters no nodes"),
    ):
        with pytest.raises(CommandError, match=said):
            run("--out", str(out), "--view", view)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--week", "47"], "a year and a week of it such as 2026-W47"),
        (["--week", "2099-W01"], "has not begun yet"),
        (["--environment", "nowhere"], "there is no environment at all"),
        (["--environment", "a", "--view", "b"], "not allowed with argument"),
        (["--paper", "a3"], "invalid choice"),
        (["--out", "/no/such/folder/x.pdf"], "there is no folder /no/such/folder"),
        (["--out", "x.txt"], "has to end in .pdf"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, asked: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run("--out", str(tmp_path / "x.pdf"), *asked)
    assert not list(tmp_path.iterdir())
