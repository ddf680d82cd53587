"""Make a Run of what a node returned for a state job."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid5

import msgspec

from reports.adapters.contract import Report
from reports.adapters.salt.changes import TRIMMED, as_text
from reports.adapters.salt.moments import Course, end_of, jid_moment, start_before, start_by_jid
from reports.adapters.salt.results import Ignored, Result
from reports.adapters.salt.states import Entry, entries_of, tell_states
from reports.errors import UnreadableReport
from reports.run import Counts, LogLevel, LogLine, Outcome, Run, to_milliseconds

NAMESPACE: Final = UUID("5d2f6a4e-0b0f-4c55-9a3e-3f6b8f1f7c21")  # of run ids; changing it makes every run a new one
_NO_STATES: Final = "no_|-states_|-states_|-None"  # what Salt returns where no top file names the node
_NOTHING: Final = "Salt returned no state at all: an unknown renderer, or an SLS without states."
_DIED: Final = "There was no result: salt-call died, or could not be started. Its log on the node says why."


def read_states(result: Result, report: Report) -> Run | Ignored:
    """The run of a result with states. Raises ValueError where an entry is not an object."""
    entries = entries_of(result.returned)
    if all(key.startswith("salt_|-") for key in entries):
        return Ignored("an orchestration: what its nodes return is counted from their own events")
    states = tell_states(entries)
    noop = _is_test(result) or any(entry.result is None for entry in entries.values())
    run = _run(result, report, states.course)
    return replace(
        run,
        outcome=_outcome(states.counts),
        noop=noop,
        counts=states.counts,
        resources=states.resources,
        in_sync=states.in_sync,
        logs=states.logs,
        message=_no_top_file(entries),
        timings=states.timings,
    )


def read_complaint(result: Result, report: Report) -> Run:
    """The failed run of a result without states: nothing was executed, and Salt says why.

    Also where another state run held the lock: the code is not at fault, but the node was not brought in order.
    Raises UnreadableReport where the master left nothing of the result.
    """
    returned = msgspec.json.decode(result.returned)
    if returned == TRIMMED:
        raise UnreadableReport(f"The master cut the whole result of {result.node}: raise its max_event_size.")
    lines = [as_text(line) for line in returned] if isinstance(returned, list) else [as_text(returned)]
    message = "\n".join(lines) if returned else _NOTHING
    return replace(_run(result, report, Course()), noop=_is_test(result), message=message, logs=_errors(message))


def read_silence(node: str, report: Report) -> Run:
    """The failed run of an empty body: a pipe to curl sends one where salt-call dies of a broken state module."""
    result = Result(node, b"", jid=report.query.get("jid"))
    return replace(_run(result, report, Course()), message=_DIED, logs=_errors(_DIED))


def environment_of(result: Result, query: Mapping[str, str]) -> str | None:
    """The environment that the URL names, else that of the SLS or the pillar asked for; no default is guessed."""
    keywords = dict(_keywords(result.arguments))
    told = query.get("environment") or keywords.get("saltenv") or keywords.get("pillarenv")
    return as_text(told) if told else None


def _run(result: Result, report: Report, course: Course) -> Run:
    """What holds of every run; a failed one unless told better."""
    named = jid_moment(result.jid)
    if named is None:
        started = start_before(report.received_at, course)
        ended = started + timedelta(microseconds=course.extent)
    else:
        started = start_by_jid(named, course, stamped_at=result.stamped_at, received_at=report.received_at)
        ended = end_of(started, course)
    return Run(
        run_id=_run_id(result, report, course),
        tool="salt",
        node=result.node,
        started_at=to_milliseconds(started),
        ended_at=to_milliseconds(max(started, result.stamped_at or ended)),
        outcome=Outcome.FAILED,
        environment=environment_of(result, report.query),
        code_version=report.query.get("code_version") or None,
        richness=_richness(result),
    )


def _run_id(result: Result, report: Report, course: Course) -> UUID:
    """Job and node, so that one result that comes in several ways is one run.

    Without a job id the result itself; and its arrival, where not even a clock time tells two equal complaints apart.
    """
    job = result.jid
    if not job:
        job = hashlib.sha256(result.returned).hexdigest()
        if course.first is None:
            job += report.received_at.isoformat()
    return uuid5(NAMESPACE, f"{result.node}\n{job}")


def _richness(result: Result) -> int:
    """Whole before trimmed, then with the master's stamp, then with the arguments (they name environment and test)."""
    is_whole = TRIMMED.encode() not in result.returned
    return 1 + 4 * is_whole + 2 * (result.stamped_at is not None) + (result.function is not None)


def _outcome(counts: Counts) -> Outcome:
    if counts.failed or counts.skipped:
        return Outcome.FAILED
    if counts.changed:
        return Outcome.CHANGED
    return Outcome.PENDING if counts.pending else Outcome.UNCHANGED


def _is_test(result: Result) -> bool:
    """Whether a dry run was asked for. A node's own `test: True` leaves no trace here."""
    asked = dict(_keywords(result.arguments)).get("test")
    return result.function == "state.test" or asked is True or str(asked).lower() == "true"


def _keywords(arguments: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    """Keyword arguments: an object on the event bus, `name=value` from salt-call."""
    for argument in arguments:
        if isinstance(argument, dict):
            yield from argument.items()
        elif isinstance(argument, str):
            name, equals, value = argument.partition("=")
            if equals:
                yield name, value


def _no_top_file(entries: Mapping[str, Entry]) -> str | None:
    pseudo = entries.get(_NO_STATES)
    return as_text(pseudo.comment) if pseudo is not None and pseudo.comment else None


def _errors(message: str) -> tuple[LogLine, ...]:
    return (LogLine(LogLevel.ERROR, "salt", message),)
