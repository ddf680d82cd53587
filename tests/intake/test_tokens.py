"""Credentials given, trusted and taken back, by the commands an operator types."""

from __future__ import annotations

import json
import os
import pwd
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reports.intake.digest import digest_of
from reports.intake.senders import write_senders
from reports.intake.spool import Spool
from reports.intake.status import list_credentials
from reports.intake.tables import Token
from reports.intake.tokens import Grant, issue_token, publish_senders

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def snapshot(spool: Spool) -> list[dict[str, object]]:
    """What the doors see."""
    told: list[dict[str, object]] = json.loads((spool.folder.parent / "senders.json").read_bytes())
    return told


def test_the_token_is_the_last_line_alone_and_kept_nowhere(spool: Spool) -> None:
    token = run("issue_token", "fleet", "--scope", "send", "--tool", "salt", "--site", "lab").splitlines()[-1]
    assert len(token) >= 43
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    row = Token.objects.get()
    assert (row.digest, row.tool, row.site) == (digest_of(token), "salt", "lab")
    (sender,) = snapshot(spool)
    assert (sender["name"], sender["digest"]) == ("fleet", digest_of(token))
    assert token not in (spool.folder.parent / "senders.json").read_text()


def test_a_tool_that_is_not_there_is_refused() -> None:
    with pytest.raises(CommandError):
        run("issue_token", "fleet", "--scope", "send", "--tool", "cobol")


def test_an_expired_token_is_not_told_to_the_doors(spool: Spool) -> None:
    run("issue_token", "fleet", "--scope", "send", "--expires-days", "2")
    later = datetime.now(UTC) + timedelta(days=3)
    assert len(snapshot(spool)) == 1
    publish_senders(spool.folder.parent / "senders.json", now=later)
    assert snapshot(spool) == []


def test_a_revoked_token_is_out_at_once(spool: Spool) -> None:
    run("issue_token", "fleet", "--scope", "send")
    run("revoke_token", "fleet")
    assert snapshot(spool) == []
    assert Token.objects.get().revoked_at is not None
    with pytest.raises(CommandError, match="no credential"):
        run("revoke_token", "fleet")


def test_a_token_can_be_replaced_without_a_gap(spool: Spool) -> None:
    run("issue_token", "fleet", "--scope", "send")
    new = run("issue_token", "fleet", "--scope", "send").split()[-1]
    run("revoke_token", "fleet", "--but-newest")
    assert [sender["digest"] for sender in snapshot(spool)] == [digest_of(new)]


def test_a_certificate_is_trusted_by_its_name(spool: Spool) -> None:
    run("trust_certificate", "puppet.example.org", "--site", "lab")
    (sender,) = snapshot(spool)
    assert (sender["certificate"], sender["site"], sender["digest"]) == ("puppet.example.org", "lab", None)


def test_credentials_are_listed_without_their_secrets(spool: Spool) -> None:
    token = issue_token(Grant("fleet", "send"))
    (credential,) = list_credentials()
    assert credential.is_valid(datetime.now(UTC))
    assert digest_of(token) not in repr(credential)


def test_the_snapshot_belongs_to_whom_the_folder_belongs_to(tmp_path: Path) -> None:
    """As when root makes a token for a server that runs as somebody else; an ordinary user has only its own."""
    owner = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.geteuid()
    os.chown(tmp_path, owner, -1)
    write_senders(tmp_path / "senders.json", [])
    assert (tmp_path / "senders.json").stat().st_uid == owner
