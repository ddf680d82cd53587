"""What Puppet says, as it says it: the fields we read of its YAML and of its PuppetDB commands.

Both formats carry the same run under different names. The classes ending in `Yaml` and `Stored` give their fields the
same names, so that everything after this module reads one shape. Fields not named here are skipped unread: that is
what makes reading fast. Everything but the identity of a run may be missing, as older formats leave fields out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import msgspec
from msgspec import Raw, Struct, field

_NULL = Raw(b"null")
Number: TypeAlias = float | str | None  # text where a number was quoted, or read as text


class Event(Struct, gc=False):
    """What became of one property. `old` and `new` are JSON of any kind: see values.py."""

    status: str | None = None
    name: str | None = None
    property: str | None = None
    message: str | None = None
    corrective_change: bool | None = None  # None before format 6
    redacted: bool | None = None
    old: Raw = _NULL
    new: Raw = _NULL


class EventYaml(Event, gc=False):
    """An event of the `http` processor."""

    old: Raw = field(default=_NULL, name="previous_value")
    new: Raw = field(default=_NULL, name="desired_value")


class EventStored(Event, gc=False):
    """An event of `store_report`; its values are text, whatever they were."""

    old: Raw = field(default=_NULL, name="old_value")
    new: Raw = field(default=_NULL, name="new_value")


class Resource(Struct, gc=False):
    """One managed resource, changed or not. `failed` and its like are never told by PuppetDB commands."""

    type: str | None = field(default=None, name="resource_type")
    title: str | None = None
    file: str | None = None
    line: int | str | None = None
    skipped: bool | None = None
    failed: bool | None = None
    failed_to_restart: bool | None = None
    evaluation_time: Number = None


class ResourceYaml(Resource, gc=False):
    """A value of `resource_statuses`."""

    events: list[EventYaml] | None = None


class ResourceStored(Resource, gc=False):
    """An item of `resources`."""

    title: str | None = field(default=None, name="resource_title")
    events: list[EventStored] | None = None


class Log(Struct, gc=False):
    """One line of the run's log."""

    level: str | None = None
    message: str | None = None
    source: str | None = None
    time: str | None = None


class MetricYaml(Struct, gc=False):
    """The numbers of one category: name, label, number."""

    values: list[tuple[str, Raw, Number]] | None = None


class MetricStored(Struct, gc=False):
    """One number."""

    category: str | None = None
    name: str | None = None
    value: Number = None


class Execution(Struct, gc=False):
    """What both formats tell of a run."""

    environment: str | None = None
    transaction_uuid: str | None = None
    report_format: int | str | None = None
    puppet_version: str | None = None
    status: str | None = None
    noop: bool | None = None
    noop_pending: bool | None = None
    corrective_change: bool | None = None
    configuration_version: Raw = _NULL
    code_id: str | None = None
    cached_catalog_status: str | None = None
    logs: list[Log] | None = None


class ExecutionYaml(Execution, kw_only=True, gc=False):
    """The report of the `http` processor."""

    host: str
    time: str
    kind: str | None = None
    metrics: dict[str, MetricYaml] | None = None
    resource_statuses: dict[str, ResourceYaml] | None = None


class ExecutionStored(Execution, kw_only=True, gc=False):
    """The payload of `store_report`."""

    certname: str
    start_time: str
    end_time: str | None = None
    metrics: list[MetricStored] | None = None
    resources: list[ResourceStored] | None = None


class Facts(Struct, gc=False):
    """The payload of `replace_facts`."""

    certname: str
    values: Mapping[str, object]
    environment: str | None = None
    producer_timestamp: str | None = None


class Envelope(Struct, gc=False):
    """A command that names itself in the body, as old terminus versions do; its payload may be a JSON string."""

    command: str | None = None
    payload: Raw = _NULL


EXECUTION_YAML = msgspec.json.Decoder(ExecutionYaml, strict=False)
EXECUTION_STORED = msgspec.json.Decoder(ExecutionStored, strict=False)
FACTS = msgspec.json.Decoder(Facts)
ENVELOPE = msgspec.json.Decoder(Envelope)
