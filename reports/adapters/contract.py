"""What an adapter is: the doors its sender insists on, a reader, and the lines that set a sender up. All of it data.

A tool's folder defines one module-level `ADAPTER: Adapter` in its `__init__.py`; `discovery.py` finds it.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from reports.errors import UnreadableReport
from reports.run import Inventory, Run


class Credential(enum.Enum):
    """Where a sender carries its token."""

    BASIC = "basic"  # the password of HTTP Basic; the user name is free
    BEARER = "bearer"  # Authorization: Bearer
    QUERY = "query"  # ?token=
    HEADER = "header"  # the header named by `Door.token_header`
    CERTIFICATE = "certificate"  # a TLS client certificate instead of a token


class Verdict(enum.Enum):
    """What a door does with one request, told from its query and headers (and body, where a sender insists)."""

    KEEP = "keep"  # spool it; refuse with 503 when the spool is full
    MAY_SHED = "may_shed"  # spool it; when the spool is under pressure drop it, count it and still answer success
    IGNORE = "ignore"  # answer success and drop it: not ours to read, on purpose
    REJECT = "reject"  # answer 400: nothing that this sender's protocol knows


@dataclass(frozen=True, slots=True)
class Answer:
    """The success that a sender insists on."""

    status: int
    body: bytes
    content_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One request at a door, as the adapter may judge it before it is spooled. Header names are lower case."""

    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes  # as sent; still compressed where the sender compressed it


@dataclass(frozen=True, slots=True)
class StaticAnswer:
    """A GET that a sender makes and expects an answer to, although Fleetview has nothing to tell it.

    `path` is a regular expression over the whole path without its leading slash. Some ask the same by POST, too.
    """

    path: str
    answer: Answer
    may_be_posted: bool = False


def keep_all(_arrival: Arrival) -> Verdict:
    """The verdict of a door that takes every body for a report."""
    return Verdict.KEEP


@dataclass(frozen=True, slots=True)
class Door:
    """A path that reports come in by. `name` is unique over all adapters and is what a spooled report remembers."""

    name: str
    paths: tuple[str, ...]  # without leading slash; every form the sender may use, none is ever redirected
    credentials: tuple[Credential, ...]
    accepted: Answer
    token_header: str | None = None  # lower case
    keeps_headers: tuple[str, ...] = ()  # lower case; headers the reader needs beside the body
    judge: Callable[[Arrival], Verdict] = keep_all
    gets: tuple[StaticAnswer, ...] = ()
    named_by: str | None = None  # query parameter that names the node, where a certificate may speak only for itself


@dataclass(frozen=True, slots=True)
class Report:
    """A spooled report on its way to a reader. The body is decompressed; the query is without the token."""

    door: str
    body: bytes
    received_at: datetime
    query: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a report. Nothing at all is fine when `ignored` says why.

    `refusals` holds the parts of a body with several results that could not be read; the rest still counts.
    """

    runs: tuple[Run, ...] = ()
    inventories: tuple[Inventory, ...] = ()
    ignored: str | None = None
    refusals: tuple[UnreadableReport, ...] = ()


@dataclass(frozen=True, slots=True)
class Retelling:
    """How a sample is told again, for the demo: as another node's, with every time moved, as a run of its own.

    `machine` is the identity to tell of the machine behind the name, wherever the tool's reports tell one; None leaves
    that to the adapter, which tells one and the same for all runs of a node, or none.
    """

    node: str
    shift: timedelta
    environment: str | None = None  # None: as in the sample
    machine: str | None = None


@dataclass(frozen=True, slots=True)
class SetupFile:
    """Lines to copy into one file (or a shell). `@URL@` is this server's base address without a trailing slash,
    `@TLS_URL@` the one of its door with client certificates, `@HOST@` the address without scheme, `@SCHEME@` http or
    https, `@SENDER@` and `@TOKEN@` the credential."""

    where: str
    lines: str


@dataclass(frozen=True, slots=True)
class SetupWay:
    """One way to forward: when to choose it, the files to write, and what to mind."""

    title: str
    when: str
    files: tuple[SetupFile, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Adapter:
    """A tool. `read` raises UnreadableReport and nothing else, whatever the bytes.

    `retell` gives a sample's report as another node would have sent it; its run identity follows from node and shift,
    so that telling it twice in the same way gives the same run. `redact` gives the bytes that may be kept: the same
    report without the secrets that the tool marks as such. `words` are the tool's own for what Fleetview calls `node`,
    `environment` and so on: whoever searches may use them.
    """

    tool: str  # the word in URL, API and store: puppet, chef, salt, generic
    label: str  # the word on a page
    doors: tuple[Door, ...]
    read: Callable[[Report], Reading]
    ways: tuple[SetupWay, ...]
    retell: Callable[[Report, Retelling], Report]
    redact: Callable[[bytes], bytes] = bytes
    words: Mapping[str, str] = field(default_factory=dict, hash=False)
