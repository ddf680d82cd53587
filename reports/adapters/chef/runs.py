"""run_start and run_converge → Run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from reports.adapters.chef.inventory import decoded
from reports.adapters.chef.logs import lines_of_deprecations, lines_of_error
from reports.adapters.chef.messages import RunError, RunMessage
from reports.adapters.chef.records import sort_records
from reports.adapters.chef.texts import cut, moment
from reports.errors import UnreadableReport
from reports.run import Counts, LogLine, Outcome, Run

_encode = msgspec.json.Encoder(order="deterministic").encode

_NO_ORGANIZATION: Final = frozenset({"", "chef_solo", "unknown_organization"})  # what clients say that have none
_LONGEST_MESSAGE: Final = 16 * 1024


def read_start(message: RunMessage, tool_version: str | None) -> Run:
    """A run that is under way.

    Without the machine: Chef 19 tells another one at the start than at the end, and a run has one machine.
    """
    return Run(
        run_id=_run_id(message),
        tool="chef",
        node=node_name(message),
        started_at=moment(message.start_time, "start_time"),
        ended_at=None,
        outcome=None,
        tool_version=tool_version,
        organization=organization(message),
        richness=0,
    )


def read_converge(message: RunMessage, tool_version: str | None) -> Run:
    """A run that has ended, well or not."""
    ended_at = moment(message.end_time, "end_time") if message.end_time else None
    told = sort_records(message.resources or ())
    counts = told.counts if message.resources else _counts_alone(message)
    return Run(
        run_id=_run_id(message),
        tool="chef",
        node=node_name(message),
        started_at=moment(message.start_time, "start_time"),
        ended_at=ended_at,
        outcome=_outcome(message.status, counts),
        environment=environment(message),
        code_version=_code_version(message),
        tool_version=tool_version or _client_version(message),
        counts=counts,
        resources=told.resources,
        in_sync=told.in_sync,
        logs=tuple(_logs(message, ended_at)),
        message=_failure(message.error),
        machine=message.entity_uuid or None,
        organization=organization(message),
        timings=told.timings,
    )


def node_name(message: RunMessage) -> str:
    """The node's name; UnreadableReport where it is empty."""
    if not message.node_name:
        raise UnreadableReport("node_name is empty: a run belongs to a node")
    return message.node_name


def organization(message: RunMessage) -> str | None:
    """The Chef organization, None where the client has none."""
    told = message.organization_name
    return None if told is None or told in _NO_ORGANIZATION else told


def environment(message: RunMessage) -> str | None:
    """The node's environment; with a policy that is the policy group."""
    node = message.node
    if told := (node and node.chef_environment) or message.policy_group or (node and node.policy_group):
        return told
    expanded = message.expanded_run_list.id if message.expanded_run_list else None
    return None if expanded == "_policy_node" else expanded or None


def _run_id(message: RunMessage) -> UUID:
    told = message.run_id or message.id or ""
    try:
        return UUID(told)
    except ValueError as error:
        raise UnreadableReport(f"run_id: {cut(told, 60)!r} is no UUID") from error


def _outcome(status: str | None, counts: Counts) -> Outcome:
    """The run's own word decides: with `ignore_failure`, resources fail in a run that succeeds."""
    match status:
        case "failure":
            return Outcome.FAILED
        case "success":
            return Outcome.CHANGED if counts.changed else Outcome.UNCHANGED
    raise UnreadableReport(f"status: {status!r} is neither 'success' nor 'failure'")


def _counts_alone(message: RunMessage) -> Counts:
    """Counts of a run that lists no resources; a compile failure has none at all."""
    total, changed = max(0, message.total_resource_count or 0), max(0, message.updated_resource_count or 0)
    return Counts(total=total, changed=changed, unchanged=max(0, total - changed))


def _automatic(message: RunMessage, name: str) -> Any:  # noqa: ANN401 - any JSON
    automatic = (message.node and message.node.automatic) or {}
    return decoded(automatic.get(name))


def _code_version(message: RunMessage) -> str | None:
    """The policy revision, else a digest of all cookbook versions (of the run, before client 15.4 of the node)."""
    revision = _automatic(message, "policy_revision")
    if revision and isinstance(revision, str):
        return revision
    cookbooks = message.cookbooks or _automatic(message, "cookbooks")
    if not cookbooks or not isinstance(cookbooks, Mapping):
        return None
    return f"cookbooks-{hashlib.blake2b(_encode(cookbooks), digest_size=6).hexdigest()}"


def _client_version(message: RunMessage) -> str | None:
    match _automatic(message, "chef_packages"):
        case {"chef": {"version": str(version)}}:
            return version
    return None


def _logs(message: RunMessage, ended_at: datetime | None) -> Iterator[LogLine]:
    yield from lines_of_deprecations(message.deprecations or ())
    if message.error:
        yield from lines_of_error(message.error, ended_at)


def _failure(error: RunError | None) -> str | None:
    told = error and (error.message or error.class_name)
    return cut(told, _LONGEST_MESSAGE) if told else None
