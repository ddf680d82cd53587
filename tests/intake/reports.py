"""Small reports to send, and where they are sent to."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from reports.intake.digest import digest_of
from reports.intake.envelope import Envelope, new_id
from reports.intake.senders import Sender

TOKEN = "a-token-that-may-send"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
DOOR = "/api/v1/reports/salt"
JID = "20261123195011286929"


def a_run(jid: str = JID, node: str = "web01") -> bytes:
    """A run that changed nothing."""
    state = {"result": True, "changes": {}, "comment": "", "name": "x", "__run_num__": 0, "__sls__": "s", "__id__": "x"}
    told = {"jid": jid, "id": node, "fun": "state.apply", "fun_args": [], "return": {"file_|-x_|-x_|-managed": state}}
    return json.dumps({"local": told}).encode()


def jid(number: int) -> str:
    """The identity of a run, a second after the one before."""
    return f"202611231950{number // 60 % 60:02}{number % 60:02}{number:06}"[:20]


def a_chef_start(run_id: str, node: str = "db01", organization: str = "acme") -> bytes:
    """A run under way, in the words of the one tool that names an organization."""
    told = {
        "message_type": "run_start",
        "message_version": "1.0.0",
        "id": run_id,
        "run_id": run_id,
        "entity_uuid": "a9d5dcbb-7b35-4b73-9ad8-4f3d3a9a4f2f",
        "node_name": node,
        "organization_name": organization,
        "chef_server_fqdn": "chef.example.org",
        "source": "chef_client",
        "start_time": "2026-11-02T06:00:04Z",
    }
    return json.dumps(told).encode()


def an_envelope(**more: object) -> Envelope:
    """What a door would write on a report that has just come."""
    words = {"id": new_id(), "door": "salt", "sender": "fleet", "token_id": 1, "received_at": datetime.now(UTC), **more}
    return Envelope(**words)  # type: ignore[arg-type]


def a_sender(name: str = "fleet", token: str | None = TOKEN, **more: object) -> Sender:
    """A sender as the snapshot tells of it."""
    words = {"id": 1, "scope": "send", "site": "main", **more}
    return Sender(name=name, digest=digest_of(token) if token else None, **words)  # type: ignore[arg-type]
