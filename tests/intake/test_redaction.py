"""What the operator's patterns take out, and what they leave."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from reports.intake.redaction import Redaction
from reports.run import Change, Inventory, Json, LogLevel, LogLine, Outcome, ResourceOutcome, Run, Status

SECRETS = Redaction([re.compile(r"(?i)password[=:]\s*(\S+)"), re.compile(r"AKIA\w+")])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("password=hunter2 and more", "password=[redacted] and more"),
        ("PASSWORD: a, password=b", "PASSWORD: [redacted] password=[redacted]"),
        ("key AKIA1234", "key [redacted]"),
        ("nothing here", "nothing here"),
    ],
)
def test_groups_go_and_what_stands_around_them_stays(text: str, left: str) -> None:
    assert SECRETS.text(text) == left
    assert SECRETS.raw(text.encode()) == left.encode()


def test_groups_that_lie_apart_or_in_each_other_go_once() -> None:
    redaction = Redaction([re.compile(r"(a(b)c)-(d)?-(e)")])
    assert redaction.text("<abc--e>") == "<[redacted]--[redacted]>"


def test_bytes_without_a_secret_are_the_very_same() -> None:
    body = b"\xff nothing"
    assert SECRETS.raw(body) is body


def test_a_run_loses_its_secrets_and_keeps_its_names() -> None:
    said = "password=hunter2"
    change = Change("content", old=said, new=None, status=Status.SUCCESS, message=said, diff=f"+{said}")
    run = Run(
        uuid4(),
        "tool",
        said,
        datetime.now(UTC),
        None,
        Outcome.CHANGED,
        resources=(ResourceOutcome("File", said, Status.SUCCESS, (change,)),),
        logs=(LogLine(LogLevel.ERROR, "x", said),),
        message=said,
    )
    left = SECRETS.run(run)
    assert repr(left).count("hunter2") == 2, "the names of the node and the resource"
    assert Redaction().run(run) is run


def test_facts_lose_their_secrets_however_deep() -> None:
    facts: dict[str, Json] = {"a": ["password=x", {"b": "password=y"}], "n": 7, "password=z": None}
    left = SECRETS.inventory(Inventory("tool", "web01", datetime.now(UTC), facts=facts))
    assert left.facts == {"a": ["password=[redacted]", {"b": "password=[redacted]"}], "n": 7, "password=z": None}
