"""What a line of a list leaves out because it stands there already."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from reports.analysis.changes import ChangeLine
from reports.analysis.runs import RunCounts, RunLine
from reports.pages.rows import ChangeRow
from reports.run import Cause, CauseSource, Outcome, Status

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
RUN = RunLine(
    id=UUID(int=1),
    node_id=1,
    site="main",
    node="web-1",
    tool="rake",
    environment=None,
    at=NOON,
    started_at=NOON,
    ended_at=NOON,
    received_at=NOON,
    duration_seconds=0.0,
    outcome=Outcome.FAILED,
    noop=False,
    code_version=None,
    is_clock_wrong=False,
    counts=RunCounts(*[0] * 12),
)


def tell(message: str | None, *, source: CauseSource = CauseSource.TOOL, diff: str | None = None) -> ChangeRow:
    return ChangeRow.of(
        ChangeLine(
            run_id=UUID(int=1),
            node_id=1,
            site="main",
            node="web-1",
            at=NOON,
            ordinal=0,
            tool="rake",
            environment=None,
            resource_id=1,
            resource="File[/etc/motd]",
            type="File",
            title="/etc/motd",
            property="mode",
            old="0666",
            new="0640",
            diff=diff,
            status=Status.SUCCESS,
            cause=Cause.CORRECTIVE,
            cause_source=source,
            reason="it was as wanted at noon",
            message=message,
            defined_at=None,
            is_sensitive=False,
        )
    )


def test_a_message_that_only_repeats_both_values_is_left_out() -> None:
    assert tell("mode changed '0666' to '0640' (corrective)").message is None


@pytest.mark.parametrize(
    "message",
    [
        "mode changed to '0640'",
        "change from 0666 to 0640 failed: Operation not permitted @ apply2files - /etc/motd, which is immutable",
        None,
    ],
)
def test_a_message_that_says_more_or_less_than_the_values_is_shown(message: str | None) -> None:
    assert tell(message).message == message


def test_a_message_that_repeats_the_digests_beside_a_diff_is_left_out() -> None:
    assert tell("content changed '0666' to '0640'", diff="-a\n+b").message is None


def test_who_says_so_is_told_unless_it_is_the_tool_itself() -> None:
    assert tell(None).said_by is None
    assert tell(None, source=CauseSource.INFERRED).said_by == "inferred from the node's runs"
