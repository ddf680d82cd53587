"""Where the embedded PostgreSQL lives: a folder of its own and a socket, told from the data folder alone.

Every process works the place out for itself, before and after the server is first made, and must come to the same one.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

ROLE = "fleetview"
DATABASE = "fleetview"

_LONGEST_SOCKET_PATH = 107  # bytes, sockaddr_un on Linux without its closing NUL
_SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True, slots=True)
class Place:
    """`home` holds the cluster and all that is the server's; `link` is where the data folder has it."""

    link: Path
    home: Path
    socket: Path  # folder of the unix socket

    @property
    def cluster(self) -> Path:
        return self.home / "cluster"

    @property
    def access(self) -> Path:
        """Who may connect: pg_hba.conf."""
        return self.home / "pg_hba.conf"

    @property
    def names(self) -> Path:
        """Which user of the machine is which role: pg_ident.conf."""
        return self.home / "pg_ident.conf"


def find_place(data_dir: Path, *, as_root: bool | None = None) -> Place:
    """The place for a data folder. Root's server runs as somebody else (see owner.py), who must be able to reach it."""
    as_root = os.geteuid() == 0 if as_root is None else as_root
    link = data_dir.absolute() / "postgres"
    home = link.resolve()
    if as_root and not link.exists() and not _open_to_all(link.parent):
        home = Path("/var/lib") / f"fleetview-{_mark(link)}"
    return Place(link=link, home=home, socket=_socket_folder(home))


def _socket_folder(home: Path) -> Path:
    near = home / "socket"
    is_short = len(os.fsencode(near / _SOCKET_NAME)) <= _LONGEST_SOCKET_PATH
    if is_short and "," not in str(near):  # to PostgreSQL and to libpq, a comma begins another folder
        return near
    return Path("/tmp") / f"fleetview-{_mark(home)}"  # noqa: S108 - private, see cluster.py


def _open_to_all(folder: Path) -> bool:
    """Whether anybody may walk through the folder and all above it. One that does not exist yet will be made so."""
    existing = [step for step in (folder, *folder.parents) if step.exists()]
    return all(step.stat().st_mode & stat.S_IXOTH for step in existing)


def _mark(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
