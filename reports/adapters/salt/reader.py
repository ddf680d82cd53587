"""Read a report: body → documents → results → runs and inventories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from reports.adapters.contract import Reading, Report
from reports.adapters.salt.documents import cut, mend
from reports.adapters.salt.inventory import GRAINS, PACKAGES, read_inventory
from reports.adapters.salt.moments import jid_moment
from reports.adapters.salt.results import Ignored, Result, fields_of, has_states, open_document, opens_with
from reports.adapters.salt.runs import environment_of, read_complaint, read_silence, read_states
from reports.errors import UnreadableReport
from reports.run import Inventory, Run, to_milliseconds

Told: TypeAlias = Run | Inventory | Ignored | UnreadableReport

_STATE_FUNCTIONS: Final = frozenset(
    f"state.{name}"
    for name in (
        *("apply", "high", "highstate", "pkg", "single", "sls", "sls_id"),
        *("template", "template_str", "test", "top"),
    )
)
_MOST_REASONS: Final = 5  # why parts were ignored, told of one body
# What Salt says in one sentence, where a result does not name the function that was asked for.
_FAILED_CALL: Final = ("The minion function caused an exception", "Passed invalid arguments", "'state.")


def read(report: Report) -> Reading:
    """Everything a body tells. Raises UnreadableReport where nothing of it can be read."""
    if not report.body.strip():
        return _read_empty(report)
    told = list(_tell(report))
    reading = Reading(
        runs=tuple(one for one in told if isinstance(one, Run)),
        inventories=tuple(one for one in told if isinstance(one, Inventory)),
        ignored=_reasons(one for one in told if isinstance(one, Ignored)),
        refusals=tuple(one for one in told if isinstance(one, UnreadableReport)),
    )
    if reading.refusals and not (reading.runs or reading.inventories):
        raise reading.refusals[0]
    return reading if told else Reading(ignored="an empty list of events")


def _reasons(ignored: Iterable[Ignored]) -> str | None:
    reasons = list(dict.fromkeys(one.reason for one in ignored))
    return "; ".join(reasons[:_MOST_REASONS]) or None


def _read_empty(report: Report) -> Reading:
    if node := report.query.get("node"):
        return Reading(runs=(read_silence(node, report),))
    return Reading(ignored="an empty body")


def _tell(report: Report) -> Iterator[Told]:
    """What each result makes, and each refusal; one result that cannot be read does not take the others with it."""
    try:
        for document in cut(report.body):
            yield from _tell_document(document, report)
    except UnreadableReport as refusal:
        yield refusal
    except RecursionError:
        yield UnreadableReport("JSON nested too deeply to be a result of Salt.")


def _tell_document(document: bytes, report: Report) -> Iterator[Told]:
    """Strict and fast first; what is not plain JSON a second time, mended."""
    try:
        yield from list(_tell_results(document, report))
    except ValueError:
        try:
            yield from list(_tell_results(mend(document), report))
        except ValueError as broken:
            yield UnreadableReport(f"Not what Salt returns: {str(broken)[:200]}")


def _tell_results(document: bytes, report: Report) -> Iterator[Told]:
    for result in open_document(document, report.query):
        if isinstance(result, Ignored | UnreadableReport):
            yield result
            continue
        try:
            yield _tell_result(result, report)
        except UnreadableReport as refusal:
            yield refusal


def _tell_result(result: Result, report: Report) -> Run | Inventory | Ignored:
    if has_states(result.returned):
        return read_states(result, report)
    function = result.function
    if function in {GRAINS, PACKAGES}:
        taken_at = jid_moment(result.jid) or report.received_at
        environment = environment_of(result, report.query)
        return read_inventory(result, taken_at=to_milliseconds(taken_at), environment=environment)
    if function in _STATE_FUNCTIONS or (function is None and _is_complaint(result.returned)):
        return read_complaint(result, report)
    return Ignored(f"{function} is no state run" if function else "not a state run: its function is not told")


def _is_complaint(returned: bytes) -> bool:
    """Whether a result whose function nobody tells is one of a state run that did not come to its states."""
    if opens_with(returned, b"["):
        return returned.strip(b"[] \t\r\n").startswith(b'"')
    if opens_with(returned, b"{"):
        return not fields_of(returned)
    return returned.strip(b'" \t\r\n').startswith(tuple(start.encode() for start in _FAILED_CALL))
