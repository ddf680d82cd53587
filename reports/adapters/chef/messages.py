"""The messages of Chef's data collector, as far as they are read; what is not named here is skipped unparsed."""

from __future__ import annotations

import enum
from typing import Any

import msgspec

from reports.errors import UnreadableReport


class Kind(enum.Enum):
    """What a message at the data collector's address is."""

    RUN_START = "run_start"
    RUN_CONVERGE = "run_converge"
    ACTION = "an action on the Chef server"
    LIVENESS = "a liveness ping"
    COMPLIANCE = "a compliance report"
    UNKNOWN = "unknown"


class _Header(msgspec.Struct):
    """What tells the kinds apart, in the order in which Automate asks."""

    message_type: str | None = None
    event_type: str | None = None
    profiles: msgspec.Raw = msgspec.Raw()  # of any type; its presence tells

    @property
    def kind(self) -> Kind:
        match self.message_type, self.event_type:
            case "run_start", _:
                return Kind.RUN_START
            case "run_converge", _:
                return Kind.RUN_CONVERGE
            case "action", _:
                return Kind.ACTION
            case _, "node_ping":
                return Kind.LIVENESS
        return Kind.COMPLIANCE if bytes(self.profiles) else Kind.UNKNOWN


class Record(msgspec.Struct, gc=False):
    """One resource and one action of it. `result` is the action, `status` what became of it."""

    type: str
    name: str
    result: str | None = None
    status: str | None = None
    duration: str | int | float | None = None  # whole milliseconds; "" where nothing ran
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    delta: str | None = None
    id: Any = None
    ignore_failure: bool | str | None = None
    cookbook_name: str | None = None
    cookbook_version: str | None = None
    recipe_name: str | None = None
    error_message: str | None = None


class Deprecation(msgspec.Struct):
    """Something the cookbooks do that a later client will not allow."""

    message: str | None = None
    url: str | None = None
    location: str | None = None


class ErrorDescription(msgspec.Struct):
    """Chef's own explanation: sections of `{heading: text}`."""

    title: str | None = None
    sections: list[dict[str, Any]] | None = None


class RunError(msgspec.Struct, rename={"class_name": "class"}):
    """Why the run failed."""

    class_name: str | None = None
    message: str | None = None
    backtrace: list[str] | None = None
    description: ErrorDescription | None = None


class ExpandedRunList(msgspec.Struct):
    """Only what names the environment."""

    id: str | None = None


class Node(msgspec.Struct):
    """The node object; its automatic attributes stay unparsed until one is wanted."""

    chef_environment: str | None = None
    policy_group: str | None = None
    automatic: dict[str, msgspec.Raw] | None = None


class RunMessage(msgspec.Struct):
    """run_start and run_converge in one: the first has none of the later fields."""

    node_name: str
    start_time: str
    message_type: str
    run_id: str | None = None
    id: str | None = None
    entity_uuid: str | None = None
    organization_name: str | None = None
    end_time: str | None = None
    status: str | None = None
    total_resource_count: int | None = None
    updated_resource_count: int | None = None
    resources: list[Record] | None = None
    expanded_run_list: ExpandedRunList | None = None
    cookbooks: dict[str, Any] | None = None
    policy_group: str | None = None
    node: Node | None = None
    deprecations: list[Deprecation] | None = None
    error: RunError | None = None


_decode_header = msgspec.json.Decoder(_Header).decode
_decode_run = msgspec.json.Decoder(RunMessage).decode


def documents(body: bytes) -> list[bytes]:
    """The JSON documents of a body: itself, or its lines where it is a file of `output_locations`, one message a line.

    A body that is neither is given back whole: whoever reads it says what is wrong with it.
    """
    if b"\n" not in body and b"\r" not in body:  # nearly always: spares a copy of the body
        return [body]
    lines = [line for line in body.splitlines() if line.strip()]
    if len(lines) > 1 and all(line.startswith(b"{") for line in lines):
        return lines
    return [body]


def kind_of(document: bytes) -> Kind:
    """What a message is; UnreadableReport for what is no JSON object. Everything but three fields is skipped."""
    try:
        return _decode_header(document).kind
    except (msgspec.MsgspecError, RecursionError) as error:
        raise UnreadableReport(f"this is no message of Chef's data collector: {error}") from error


def read_run(document: bytes) -> RunMessage:
    """A run_start or run_converge; UnreadableReport names the place of what is missing or of the wrong type."""
    try:
        return _decode_run(document)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise UnreadableReport(f"this is no run message of Chef: {error}") from error
