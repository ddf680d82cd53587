"""The page of what comes in."""

from __future__ import annotations

import socket
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from reports.adapters.discovery import adapters
from reports.intake.tables import IntakeDay, Refused, Token
from reports.pages import intake
from tests.pages.conftest import Reader

GONE = UUID("11111111-1111-4111-8111-111111111111")


def test_every_tool_has_its_lines_with_this_servers_address(reader: Reader) -> None:
    seen = reader.open("/intake/")
    for adapter in adapters():
        assert f"issue_token {adapter.tool}-fleet --scope send --tool {adapter.tool}" in seen.text
        assert all(way.title in seen.text for way in adapter.ways)
    assert "testserver" in seen.text
    assert "@TOKEN@" not in seen.html


def test_nobody_having_sent_anything_is_said(reader: Reader) -> None:
    seen = reader.open("/intake/")
    assert "Nobody has sent anything yet." in seen.text
    assert "There is none yet, so nobody can send." in seen.text


def test_senders_days_and_numbers_add_up(reader: Reader) -> None:
    now = timezone.now()
    for days_ago in (0, 1):
        IntakeDay.objects.create(
            day=(now - timedelta(days=days_ago)).date(),
            door="front",
            sender="fra <xss>",
            stored=1200,
            duplicates=3,
            last_received_at=now - timedelta(days=days_ago, minutes=5),
        )
    seen = reader.open("/intake/")
    assert "fra <xss>" in seen.text
    assert "2,400" in seen.text
    assert "5 min ago" in seen.text
    assert "xss" not in seen.tags()


def test_a_refused_report_has_its_reason_and_a_way_to_read_it_again(operator: Reader) -> None:
    now = timezone.now()
    Refused.objects.create(
        id=GONE, received_at=now, refused_at=now, door="front", sender="fra", site="main",
        machine=socket.gethostname(), size=1500, reason="line 3: found <xss>",
    )  # fmt: skip
    seen = operator.open("/intake/")
    assert "line 3: found <xss>" in seen.text
    assert f'action="/intake/refused/{GONE}/again/"' in seen.html
    Refused.objects.update(machine="elsewhere")
    assert f"on elsewhere: .venv/bin/python manage.py replay {GONE}" in operator.open("/intake/").text
    assert seen.links(f"/intake/refused/{GONE}/")
    assert "not on this machine" in operator.open(f"/intake/refused/{GONE}/", expected=404).text


@pytest.mark.parametrize("standing", ["valid", "expired", "revoked"])
def test_a_token_is_listed_with_its_standing_and_never_its_digest(reader: Reader, standing: str) -> None:
    past = timezone.now() - timedelta(days=1)
    moments = {"valid": {}, "expired": {"expires_at": past}, "revoked": {"revoked_at": past}}
    Token.objects.create(name="grafana", scope="read", digest="d1gest", **moments[standing])
    seen = reader.open("/intake/")
    assert "grafana read any main" in seen.text
    assert seen.text.rstrip().endswith(standing)
    assert "d1gest" not in seen.html


def test_a_refused_report_is_downloaded_and_never_opened(operator: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "refused_bytes", lambda _id: b"<xss>\x00\xff")
    answer = operator.client.get(f"/intake/refused/{GONE}/")
    assert answer.content == b"<xss>\x00\xff"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="refused-{GONE}"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_viewer_is_told_which_role_a_refused_report_takes(reader: Reader) -> None:
    seen = reader.open(f"/intake/refused/{GONE}/", expected=403)
    assert "This takes the role operator; yours is viewer." in seen.text
