"""Tells a run as Salt does, in one of three ways: a master's event, `salt-call --metadata`, or plain `salt-call`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from bench.fleet.plan import Plan
from bench.fleet.play import Played
from bench.fleet.wire.salt_states import failed_render, states_of, type_and_title
from bench.fleet.wire.told import Told, arrival, duration_of, encode, machine_of, told, truths

_BY_MASTER, _WITH_METADATA = 60, 80  # nodes by Node.way: below the first, below the second, the rest
_BEFORE_THE_RUN = timedelta(seconds=2)
_FAILED, _NOT_RENDERED = 2, 1  # Salt's return codes


def tell(plan: Plan, played: Played) -> Iterator[Told]:
    """The report of a run."""
    started_at = plan.moment(played.at)
    within = duration_of(played)
    returned: Any = [*failed_render(played)] if played.is_broken else states_of(played, started_at, within)
    retcode = _NOT_RENDERED if played.is_broken else _FAILED if played.is_failed else 0
    came = _send(played, started_at, returned, retcode)
    yield Told(came.report, truths(played.acts, type_and_title))


def tell_facts(plan: Plan, played: Played) -> Iterator[Told]:
    """The grains of a node that has a master, as they were just before a run."""
    if played.node.way >= _BY_MASTER:
        return
    at, machine = plan.moment(played.at) - _BEFORE_THE_RUN, machine_of(plan, played)
    grains = {
        "id": played.node.name,
        "fqdn": played.node.name,
        "os": "Debian",
        "osrelease": "12",
        "kernel": "Linux",
        "role": played.node.role,
        "machine_id": machine.hex,
        "saltversion": "3008.3",
    }
    event = _event(played, at, grains, "grains.items")
    yield told("salt", encode(event), arrival(at), query={"tag": _tag(event)})


def _send(played: Played, started_at: datetime, returned: Any, retcode: int) -> Told:  # noqa: ANN401 - any JSON
    received_at = arrival(ended_at := started_at + duration_of(played))
    node = played.node
    if node.way < _BY_MASTER:
        event = _event(played, started_at, returned, "state.apply")
        event |= {"retcode": retcode, "success": not retcode, "_stamp": ended_at.isoformat()}
        return told("salt", encode(event), received_at, query={"tag": _tag(event)})
    query = {"node": node.name, "environment": node.environment}
    if node.way < _WITH_METADATA:
        local = {"jid": _jid(started_at), "return": returned, "retcode": retcode, "out": "highstate", "id": node.name}
        local |= {"fun": "state.apply", "fun_args": ["test=True"] if played.is_noop else []}
        return told("salt", encode({"local": local}), received_at, query=query)
    return told("salt", encode({"local": returned}), received_at, query=query)


def _event(played: Played, at: datetime, returned: Any, function: str) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    keywords: dict[str, Any] = {"__kwarg__": True, "saltenv": played.node.environment}
    if played.is_noop:
        keywords["test"] = True
    return {
        "cmd": "_return",
        "id": played.node.name,
        "jid": _jid(at),
        "fun": function,
        "fun_args": [keywords],
        "return": returned,
        "retcode": 0,
        "success": True,
        "out": "highstate",
        "user": "root",
        "_stamp": at.isoformat(),
        "ts": int(at.timestamp()),
    }


def _jid(at: datetime) -> str:
    return at.strftime("%Y%m%d%H%M%S%f")


def _tag(event: dict[str, Any]) -> str:
    return f"salt/job/{event['jid']}/ret/{event['id']}"
