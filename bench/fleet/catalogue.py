"""What the code of the fleet declares: the managed things of each role, and the values they shall have."""

from __future__ import annotations

import enum
from functools import cache
from typing import Final, NamedTuple


class Kind(enum.StrEnum):
    """A sort of managed thing; `Item.title` and values mean what stands beside it."""

    FILE = "file"  # a configuration file; value: one of its lines
    DIRECTORY = "directory"  # value: mode
    PACKAGE = "package"  # value: version
    SERVICE = "service"  # value: running or stopped
    USER = "user"  # value: shell
    CRON = "cron"  # title: the entry's name; value: the minute of the hour 03
    LINK = "link"  # value: target
    COMMAND = "command"  # no state; runs in every run


class Item(NamedTuple):
    """A managed thing. `setting` is what a file's line sets; `first` the number that its values start from.

    `restarts` names the service that a change of it restarts; `strays` are the values that other hands leave, None
    where they remove the thing.
    """

    kind: Kind
    title: str
    setting: str = ""
    first: int = 1
    strays: tuple[str | None, ...] = ()
    restarts: str | None = None
    differs: bool = False  # environments declare different values


ENVIRONMENTS: Final = ("production", "staging", "dev")
_MOVING: Final = frozenset({Kind.FILE, Kind.PACKAGE, Kind.CRON, Kind.LINK})


def _file(title: str, setting: str, first: int, *, restarts: str | None = None, differs: bool = False) -> Item:
    hand = (f"{setting} = {first * 1000 + 7}", f"{setting} = {first * 1000 + 13}", f"{setting} = off", None)
    return Item(Kind.FILE, title, setting, first, hand, restarts, differs)


def _package(title: str) -> Item:
    return Item(Kind.PACKAGE, title, strays=("0.9.1-hotfix", None))


def _service(title: str) -> Item:
    return Item(Kind.SERVICE, title, strays=("stopped",))


def _directory(title: str) -> Item:
    return Item(Kind.DIRECTORY, title, strays=("0777", "0700"))


_BASE: Final = (
    _package("openssh-server"),
    _package("chrony"),
    _file("/etc/ssh/sshd_config", "MaxAuthTries", 4, restarts="sshd"),
    _file("/etc/chrony/chrony.conf", "maxpoll", 9, restarts="chrony", differs=True),
    _file("/etc/motd", "motd_version", 1),
    _directory("/var/log/audit"),
    Item(Kind.USER, "deploy", strays=("/bin/bash", "/bin/zsh")),
    Item(Kind.CRON, "logrotate", first=12, strays=("59",)),
    _service("sshd"),
    _service("chrony"),
)
_OF_ROLE: Final = {
    "web": ("nginx", ("worker_processes", "keepalive_timeout", "client_max_body_size"), 3),
    "api": ("gateway", ("threads", "queue_length"), 2),
    "db": ("postgresql", ("max_connections", "shared_buffers", "work_mem", "wal_buffers"), 2),
    "cache": ("redis", ("maxmemory", "maxclients"), 1),
    "batch": ("jobd", ("workers", "lease_seconds"), 4),
    "lb": ("haproxy", ("maxconn", "nbthread"), 1),
    "dns": ("unbound", ("num_threads",), 1),
    "ci": ("runner", ("concurrent", "poll_interval", "cache_size"), 3),
}
ROLES: Final = tuple(_OF_ROLE)


@cache
def items_of(role: str) -> tuple[Item, ...]:
    """The managed things of a role, in the order in which a run comes to them, services last."""
    daemon, settings, folders = _OF_ROLE[role]
    own = [
        _package(daemon),
        *(_directory(f"/srv/{daemon}/{number}") for number in range(folders)),
        *(
            _file(f"/etc/{daemon}/{setting}.conf", setting, 8 * (place + 1), restarts=daemon, differs=place == 0)
            for place, setting in enumerate(settings)
        ),
        Item(Kind.LINK, f"/srv/{daemon}/current", f"/srv/{daemon}/releases", 1, (f"/srv/{daemon}/releases/old",)),
    ]
    late = (*_BASE[8:], _service(daemon), Item(Kind.COMMAND, f"/usr/local/bin/{daemon}-warm-up"))
    return (*_BASE[:8], *own, *late)


@cache
def new_item(role: str, number: int) -> Item:
    """A thing that a roll-out adds to a role."""
    return _file(f"/etc/{_OF_ROLE[role][0]}/conf.d/{number:02}-feature.conf", f"feature_{number}", 1)


@cache
def drifting(role: str) -> tuple[int, ...]:
    """The places of those things that other hands may move."""
    return tuple(place for place, item in enumerate(items_of(role)) if item.strays)


@cache
def moving(role: str) -> tuple[int, ...]:
    """The places of those things whose declared value a roll-out may move."""
    return tuple(place for place, item in enumerate(items_of(role)) if item.kind in _MOVING)


def command_of(role: str) -> int:
    """The place of the command that runs in every run, on the nodes that have one."""
    return len(items_of(role)) - 1


@cache
def declared(item: Item, version: int, environment: str) -> str:
    """The value that the code asks for, after so many roll-outs of this thing."""
    extra = ENVIRONMENTS.index(environment) if item.differs else 0
    match item.kind:
        case Kind.FILE:
            return f"{item.setting} = {item.first + 16 * version + extra}"
        case Kind.PACKAGE:
            return f"1.{4 + version}.2"
        case Kind.CRON:
            return str((item.first + 7 * version) % 59)
        case Kind.LINK:
            return f"{item.setting}/{item.first + version}"
        case Kind.DIRECTORY:
            return "0750"
        case Kind.USER:
            return "/usr/sbin/nologin"
        case Kind.SERVICE:
            return "running"
    return "run"
