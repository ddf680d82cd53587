"""The door of Chef's data collector: what is kept, dropped on purpose, or refused as Automate refuses it."""

from __future__ import annotations

from typing import Final

from reports.adapters.chef.messages import Kind, documents, kind_of
from reports.adapters.contract import Answer, Arrival, Credential, Door, StaticAnswer, Verdict
from reports.errors import UnreadableReport

_COMPRESSED: Final = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")  # gzip, zstd: the client never does; a proxy or curl may
_VERDICTS: Final = {
    Kind.RUN_START: Verdict.MAY_SHED,  # to refuse it, by any status, turns off reporting for the rest of the run
    Kind.RUN_CONVERGE: Verdict.KEEP,
    Kind.ACTION: Verdict.IGNORE,
    Kind.LIVENESS: Verdict.IGNORE,
    Kind.COMPLIANCE: Verdict.IGNORE,
    Kind.UNKNOWN: Verdict.REJECT,
}


def judge(arrival: Arrival) -> Verdict:
    """Tell the messages apart by three fields. A file of several messages is kept: the reader sorts it."""
    if arrival.body.startswith(_COMPRESSED):
        return Verdict.KEEP
    try:
        return _VERDICTS[kind_of(arrival.body)]
    except UnreadableReport:
        return Verdict.KEEP if len(documents(arrival.body)) > 1 else Verdict.REJECT


DOOR: Final = Door(
    name="chef",
    paths=("data-collector/v0", "data-collector/v0/"),
    credentials=(Credential.HEADER, Credential.BASIC, Credential.QUERY),
    accepted=Answer(200, b"{}"),
    token_header="x-data-collector-token",  # noqa: S106 - the name of a header
    keeps_headers=("x-chef-version",),
    judge=judge,
    gets=(StaticAnswer(r"data-collector/v0/?", Answer(200, b'{"status":"ok"}')),),
)
