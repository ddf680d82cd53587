"""The JSON that any tool may send: these classes are what is read, and what `report.schema.json` is made from."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import Meta

# (?![\s\S]) is the very end: in Python, unlike elsewhere, $ would let a line break pass.
_TOOL = r"^[a-z0-9][a-z0-9_-]{0,31}(?![\s\S])"

_FIRST_YEAR, _LAST_YEAR = 1970, 9998  # beyond, a time may have no equal in UTC

_Name: TypeAlias = Annotated[str, Meta(min_length=1, max_length=255)]
_Title: TypeAlias = Annotated[str, Meta(min_length=1, max_length=4000)]
_Moment: TypeAlias = Annotated[datetime, Meta(tz=True)]
_Seconds: TypeAlias = Annotated[float, Meta(ge=0)]
# Whole, and 3.0 is as good as 3: that is how JSON Schema sees it, and some languages write it so.
_Count: TypeAlias = Annotated[float, Meta(ge=0, le=10_000_000, multiple_of=1)]


def _check(name: str, moment: datetime | None) -> None:
    if moment and not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError(f"`{name}` lies outside the years {_FIRST_YEAR} to {_LAST_YEAR}")


class ChangeDocument(msgspec.Struct, rename={"is_sensitive": "sensitive"}, forbid_unknown_fields=True):
    """One property of the resource that changed, would have, or could not be changed."""

    property: Annotated[_Name | None, Meta(description="What changed, such as mode; null for the resource itself.")] = (
        None
    )
    old: Annotated[str | None, Meta(description="What was found, as text.")] = None
    new: Annotated[str | None, Meta(description="What was wanted, as text.")] = None
    status: Annotated[
        Literal["success", "failed", "skipped", "pending"] | None,
        Meta(description="Where it differs from the status of the resource."),
    ] = None
    message: Annotated[str | None, Meta(description="What the tool said about it.")] = None
    diff: Annotated[str | None, Meta(description="A unified diff, with real line breaks.")] = None
    corrective: Annotated[
        bool | None, Meta(description="True: drift was put right. False: the code moved. Null: the tool cannot tell.")
    ] = None
    triggered: Annotated[bool, Meta(description="Another change set this one off, as a handler or refresh does.")] = (
        False
    )
    is_sensitive: Annotated[bool, Meta(description="Do not show the values: old, new and diff are dropped.")] = False


class ResourceDocument(msgspec.Struct, forbid_unknown_fields=True):
    """A managed thing that the run looked at."""

    type: Annotated[_Name, Meta(description="What kind of thing, such as file, package or the module that manages it.")]
    title: Annotated[_Title, Meta(description="Which one, such as /etc/motd; type and title name it in every run.")]
    status: Annotated[
        Literal["unchanged", "changed", "failed", "skipped", "pending"],
        Meta(description="What became of it. skipped: not executed. pending: a dry run would have changed it."),
    ]
    key: Annotated[_Title | None, Meta(description="The tool's own name for it, if type and title are not all.")] = None
    defined_at: Annotated[_Title | None, Meta(description="Where it is defined, such as site.yml:12.")] = None
    duration_seconds: Annotated[_Seconds | None, Meta(description="How long it took.")] = None
    desired: Annotated[
        _Name | None, Meta(description="A digest of the declared state, comparable between runs of one node.")
    ] = None
    found: Annotated[_Name | None, Meta(description="The same digest of the state that was found.")] = None
    message: Annotated[str | None, Meta(description="Why it failed or was skipped, if no change says so.")] = None
    changes: Annotated[
        list[ChangeDocument], Meta(description="Its changes; without any, the status alone is told.")
    ] = []


class LogDocument(msgspec.Struct, forbid_unknown_fields=True):
    """One line of what the tool said."""

    message: str
    level: Literal["debug", "info", "notice", "warning", "error", "critical"] = "info"
    source: Annotated[_Name | None, Meta(description="Who said it; the tool, if null.")] = None
    at: _Moment | None = None

    def __post_init__(self) -> None:
        _check("at", self.at)


class UnlistedDocument(msgspec.Struct, forbid_unknown_fields=True):
    """How many more resources there were that are not listed one by one."""

    unchanged: _Count = 0.0
    skipped: _Count = 0.0


class RunDocument(msgspec.Struct, forbid_unknown_fields=True):
    """One execution of one tool on one node."""

    tool: Annotated[str, Meta(pattern=_TOOL, description="The tool's name, in lower case, such as ansible.")]
    node: Annotated[_Name, Meta(description="The node's name, the same in every report of it.")]
    started_at: Annotated[_Moment, Meta(description="When the run started, with its offset from UTC; from 1970 on.")]
    status: Annotated[
        Literal["running", "success", "failure"],
        Meta(description="running: only the start is known. Whether a success changed anything follows from below."),
    ]
    ended_at: Annotated[_Moment | None, Meta(description="When it ended.")] = None
    run_id: Annotated[
        _Name | None,
        Meta(description="The tool's own id of the run, a UUID or any text. If null, tool, node and start name it."),
    ] = None
    environment: Annotated[_Name | None, Meta(description="Such as production.")] = None
    code_version: Annotated[
        _Name | None, Meta(description="What the code was, such as a commit: tells a change of code from drift.")
    ] = None
    tool_version: _Name | None = None
    machine: Annotated[
        _Name | None, Meta(description="Identity of the machine behind the name, such as its DMI UUID.")
    ] = None
    noop: Annotated[bool, Meta(description="A dry run: nothing was changed.")] = False
    message: Annotated[str | None, Meta(description="Why the whole run failed.")] = None
    resources: Annotated[list[ResourceDocument], Meta(description="What the run looked at, or only what changed.")] = []
    unlisted: UnlistedDocument | None = None
    logs: list[LogDocument] = []
    facts: Annotated[dict[str, Any] | None, Meta(description="What is known of the node: any JSON.")] = None
    volatile: Annotated[
        list[str], Meta(description="Dotted paths of facts that change by themselves, such as uptime.")
    ] = []
    packages: Annotated[dict[str, str] | None, Meta(description="Installed packages: name to version.")] = None

    def __post_init__(self) -> None:
        _check("started_at", self.started_at)
        _check("ended_at", self.ended_at)


Body: TypeAlias = RunDocument | Annotated[list[RunDocument], Meta(min_length=1, max_length=1000)]
