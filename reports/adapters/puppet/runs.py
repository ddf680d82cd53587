"""A report in either format → Run."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from reports.adapters.puppet.loglines import read_logs
from reports.adapters.puppet.moments import end_of, moment
from reports.adapters.puppet.resources import AnyResource, is_quiet, names_to_look_for, outcome_of
from reports.adapters.puppet.said import Execution, ExecutionStored, ExecutionYaml, Number
from reports.adapters.puppet.values import number_of, text_of, word
from reports.run import Counts, InSync, Outcome, ResourceOutcome, Run, Status

Metrics: TypeAlias = Mapping[str, Mapping[str, float]]  # category → name → number

# Since Puppet 5.5 an agent's run times these, and `puppet apply` the transaction alone; before, neither was timed.
_TIMED_IN_AGENTS: Final = frozenset({"startup_time", "plugin_sync", "fact_generation", "convert_catalog"})
_TIMED_IN_BOTH: Final = "transaction_evaluation"
# Before, their logs tell them apart, where they tell of a catalog at all: an agent says whence it has plugins and code.
_LOGGED_IN_BOTH: Final = "Applying configuration version"
_LOGGED_IN_AGENTS: Final = ("Retrieving plugin", "Caching catalog for ", "Using cached catalog")
_FIRST_FORMAT_WITH_CORRECTIVE: Final = 6
_NAMESPACE: Final = uuid.UUID("3bd1ba8b-56c0-53ab-a4c6-14d5c29d7ad1")  # of runs without an identity of their own


@dataclass(frozen=True, slots=True)
class _Account:
    """What the two formats keep in different places."""

    node: str
    started_at: datetime
    ended_at: datetime
    metrics: Metrics
    resources: list[AnyResource]
    richness: int  # YAML tells durations; either format may or may not list resources in sync, which is worth more


def run_of_yaml(said: ExecutionYaml) -> Run:
    """The Run that an `http` report tells of; UnreadableReport if its start is not a time."""
    metrics = {word(name): _numbers(metric.values or ()) for name, metric in (said.metrics or {}).items()}
    resources: list[AnyResource] = []
    for ref, resource in (said.resource_statuses or {}).items():
        if resource.type is None or resource.title is None:
            resource.type, _, rest = ref.partition("[")
            resource.title = rest.removesuffix("]")
        resources.append(resource)
    account = _Account(
        node=said.host,
        started_at=moment(said.time),
        ended_at=end_of(said.time, metrics.get("time", {}).get("total")),
        metrics=metrics,
        resources=resources,
        richness=2,
    )
    return _run(said, account)


def run_of_stored(said: ExecutionStored) -> Run:
    """The Run that `store_report` tells of; UnreadableReport if its start or end is not a time."""
    metrics: dict[str, dict[str, float]] = {}
    for metric in said.metrics or ():
        if (told := number_of(metric.value)) is not None:
            metrics.setdefault(metric.category or "", {})[metric.name or ""] = told
    account = _Account(
        node=said.certname,
        started_at=moment(said.start_time),
        ended_at=moment(said.end_time or said.start_time),
        metrics=metrics,
        resources=list(said.resources or ()),
        richness=1,
    )
    return _run(said, account)


def _run(said: Execution, account: _Account) -> Run:
    quiet = [resource for resource in account.resources if is_quiet(resource)]
    loud = [resource for resource in account.resources if not is_quiet(resource)]
    book = read_logs(said.logs or (), names_to_look_for(loud))
    can_correct = _can_correct(said, account)
    outcomes = [outcome_of(resource, book, can_correct=can_correct) for resource in loud]
    outcome = _outcome(said, outcomes)
    return Run(
        run_id=_identity(said, account),
        tool="puppet",
        node=account.node,
        started_at=account.started_at,
        ended_at=account.ended_at,
        outcome=outcome,
        environment=said.environment or None,
        noop=bool(said.noop),
        code_version=said.code_id or text_of(said.configuration_version),
        tool_version=said.puppet_version or None,
        counts=_counts(outcomes, account),
        resources=tuple(one for one in outcomes if one.changes),
        in_sync=tuple(_in_sync(quiet, outcomes)),
        logs=book.lines,
        message=book.complaint if outcome in {Outcome.FAILED, Outcome.STALE_CATALOG} else None,
        timings=tuple(
            sorted((what, took) for what, took in account.metrics.get("time", {}).items() if what != "total")
        ),
        richness=account.richness + 2 * bool(quiet),
    )


def _numbers(values: Iterable[tuple[str, object, Number]]) -> dict[str, float]:
    told = ((word(name), number_of(value)) for name, _label, value in values)
    return {name: value for name, value in told if value is not None}


def _identity(said: Execution, account: _Account) -> uuid.UUID:
    try:
        return uuid.UUID(said.transaction_uuid or "")
    except ValueError:
        return uuid.uuid5(_NAMESPACE, f"{account.node} {account.started_at.isoformat()}")


def _can_correct(said: Execution, account: _Account) -> bool:
    """Whether a `false` of Puppet's corrective_change means anything: from format 6 on, and never in `puppet apply`."""
    if said.corrective_change:
        return True
    if (number_of(said.report_format) or 0) < _FIRST_FORMAT_WITH_CORRECTIVE:
        return False
    times = account.metrics.get("time", {}).keys()
    if _TIMED_IN_BOTH in times:
        return not times.isdisjoint(_TIMED_IN_AGENTS)
    logged = [line.message or "" for line in said.logs or ()]
    is_told = any(message.startswith(_LOGGED_IN_BOTH) for message in logged)
    return not is_told or any(message.startswith(_LOGGED_IN_AGENTS) for message in logged)


def _outcome(said: Execution, outcomes: Iterable[ResourceOutcome]) -> Outcome:
    statuses = {one.status for one in outcomes}
    if word(said.status) == "failed":
        return Outcome.FAILED
    if word(said.cached_catalog_status) == "on_failure":
        return Outcome.STALE_CATALOG
    if word(said.status) == "changed" or Status.SUCCESS in statuses:
        return Outcome.CORRECTED if any(_has_corrected(one) for one in outcomes) else Outcome.CHANGED
    is_pending = said.noop_pending or Status.PENDING in statuses
    return Outcome.PENDING if is_pending else Outcome.UNCHANGED


def _has_corrected(one: ResourceOutcome) -> bool:
    return any(change.corrective and change.status is Status.SUCCESS for change in one.changes)


def _counts(outcomes: Iterable[ResourceOutcome], account: _Account) -> Counts:
    """Each resource once. The total is Puppet's own: PuppetDB commands do not list resources in sync."""
    seen = [one.status for one in outcomes]
    changed, failed, skipped, pending = (
        seen.count(status) for status in (Status.SUCCESS, Status.FAILED, Status.SKIPPED, Status.PENDING)
    )
    told = account.metrics.get("resources", {}).get("total", 0)
    total = max(int(told), len(account.resources)) if told < 1e9 else len(account.resources)
    return Counts(
        total=total,
        unchanged=total - changed - failed - skipped - pending,
        changed=changed,
        failed=failed,
        skipped=skipped,
        pending=pending,
    )


def _in_sync(quiet: Iterable[AnyResource], outcomes: Iterable[ResourceOutcome]) -> Iterator[InSync]:
    for resource in quiet:
        yield InSync(resource.type or "", resource.title or "")
    for one in outcomes:  # looked at by an audit only
        if one.status is Status.UNCHANGED:
            yield InSync(one.type, one.title)
