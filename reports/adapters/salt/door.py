"""The door that all of Salt's ways come in by, and what it may drop unread."""

from __future__ import annotations

from typing import Final

from reports.adapters.contract import Answer, Arrival, Credential, Door, Verdict
from reports.adapters.salt.results import is_result_tag

_LONGEST_NOTHING: Final = 16  # bytes; enough for an empty list of events with a line's end


def judge(arrival: Arrival) -> Verdict:
    """Drop what is surely nothing: events that are no results, empty lists, empty bodies that name no node.

    Looks at the query and at a handful of bytes; the body is not parsed. An empty body with a node is kept: it is all
    that is left of a salt-call that died.
    """
    if (tag := arrival.query.get("tag")) and not is_result_tag(tag):
        return Verdict.IGNORE
    if len(arrival.body) > _LONGEST_NOTHING:
        return Verdict.KEEP
    said = arrival.body.strip()
    is_nothing = said == b"[]" or (not said and not arrival.query.get("node"))
    return Verdict.IGNORE if is_nothing else Verdict.KEEP


DOOR: Final = Door(
    name="salt",
    paths=("api/v1/reports/salt", "api/v1/reports/salt/"),
    credentials=(Credential.BEARER, Credential.BASIC, Credential.QUERY),
    accepted=Answer(200, b'{"accepted": true}'),  # http_logstash fails on an answer without a JSON body
    judge=judge,
)
