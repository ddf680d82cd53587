"""Tells a run as Chef's client does: `run_start`, and `run_converge` with a record for each resource and action."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from bench.fleet.plan import Plan
from bench.fleet.play import Played
from bench.fleet.wire.chef_records import Record, complaint, records_of, type_and_title
from bench.fleet.wire.told import (
    Told,
    arrival,
    duration_of,
    encode,
    machine_of,
    run_identity,
    told,
    truths,
)
from reports.run import Status

_VERSION: Final = "18.11.21"
_HEADERS: Final = {"x-chef-version": _VERSION}
_ORGANIZATION: Final = "acme"


def tell(plan: Plan, played: Played) -> Iterator[Told]:
    """Both messages of a run. A dry run has none, and is not asked for here."""
    started_at = plan.moment(played.at).replace(microsecond=0)
    head = _head(plan, played, started_at)
    start = {**head, "message_type": "run_start", "message_version": "1.0.0"}
    yield told("chef", encode(start), started_at + timedelta(seconds=1), headers=_HEADERS)
    ended_at = started_at + timedelta(seconds=round(duration_of(played).total_seconds()))
    body = encode({**head, **_converge(plan, played, ended_at)})
    ended = told("chef", body, arrival(ended_at), headers=_HEADERS)
    yield Told(ended.report, truths(played.acts, type_and_title))


def _head(plan: Plan, played: Played, started_at: datetime) -> dict[str, Any]:
    run_id = str(run_identity(plan, played))
    return {
        "id": run_id,
        "run_id": run_id,
        "entity_uuid": str(machine_of(plan, played)),
        "node_name": played.node.name,
        "organization_name": _ORGANIZATION,
        "chef_server_fqdn": "chef.example.net",
        "source": "chef_client",
        "start_time": _second(started_at),
    }


def _converge(plan: Plan, played: Played, ended_at: datetime) -> dict[str, Any]:
    node, role = played.node, played.node.role
    cookbook = f"fleet_{role}"
    cookbooks = {cookbook: {"version": f"2.{played.code}.0"}, "fleet_base": {"version": "1.4.0"}}
    records = [] if played.is_broken else records_of(played)
    failure = _failure(played)
    return {
        "message_type": "run_converge",
        "message_version": "1.1.0",
        "end_time": _second(ended_at),
        "status": "failure" if failure else "success",
        "total_resource_count": len(records),
        "updated_resource_count": sum(record["status"] == "updated" for record in records),
        "resources": records,
        "run_list": [f"role[{role}]"],
        "expanded_run_list": {
            "id": node.environment,
            "run_list": [{"type": "role", "name": role, "children": [{"type": "recipe", "name": cookbook}]}],
        },
        "cookbooks": cookbooks,
        "policy_name": None,
        "policy_group": None,
        "deprecations": [],
        "node": _node(plan, played, cookbooks),
        **({"error": failure} if failure else {}),
    }


def _node(plan: Plan, played: Played, cookbooks: Mapping[str, Any]) -> dict[str, Any]:
    name, role, environment = played.node.name, played.node.role, played.node.environment
    automatic = {
        "hostname": name.partition(".")[0],
        "fqdn": name,
        "domain": "example.net",
        "kernel": {"name": "Linux", "release": "6.1.0-25-amd64", "machine": "x86_64"},
        "os": "linux",
        "platform": "debian",
        "platform_version": "12",
        "platform_family": "debian",
        "ohai_time": plan.moment(played.at).timestamp(),
        "chef_guid": str(machine_of(plan, played)),
        "chef_environment": environment,
        "roles": [role],
        "recipes": [f"fleet_{role}"],
        "cookbooks": cookbooks,
    }
    return {
        "name": name,
        "chef_environment": environment,
        "json_class": "Chef::Node",
        "chef_type": "node",
        "automatic": automatic,
        "default": {},
        "normal": {"tags": []},
        "override": {},
        "run_list": [f"role[{role}]"],
    }


def _failure(played: Played) -> Record | None:
    if played.is_outage:
        return _error("Errno::ECONNREFUSED", "Error connecting to https://chef.example.net: Connection refused")
    if played.is_broken:
        return _error("NoMethodError", f"undefined method 'fetch' for nil in fleet_{played.node.role}::default")
    failed = next((act for act in played.acts if act.status is Status.FAILED), None)
    if failed is None:
        return None
    return _error("Mixlib::ShellOut::ShellCommandFailed", f"{failed.item.title} had an error: {complaint(failed)}")


def _error(kind: str, message: str) -> Record:
    return {"class": kind, "message": message, "backtrace": [], "description": {}}


def _second(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
