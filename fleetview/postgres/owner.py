"""As whom the embedded server runs: PostgreSQL refuses root, so root's runs as an existing, unprivileged user."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from fleetview.postgres.problem import PostgresProblem

_UNPRIVILEGED = ("postgres", "nobody")  # the first that exists


@dataclass(frozen=True, slots=True)
class Owner:
    """The user whose files the cluster's are. `differs` tells whether that is somebody else than this process."""

    uid: int
    gid: int
    name: str
    differs: bool

    def run(self, command: list[str | Path], *, cwd: Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run a command as this user, to its end. PermissionError when the user cannot start it."""
        if not self.differs:
            return subprocess.run(command, input=given, capture_output=True, check=False, cwd=cwd)
        return subprocess.run(
            command,
            input=given,
            capture_output=True,
            check=False,
            cwd=cwd,
            user=self.uid,
            group=self.gid,
            extra_groups=[],
        )

    def become(self) -> None:
        """Give up root for good. Nothing may be imported afterwards: Python's files can be root's alone."""
        if self.differs:
            os.setgroups([])
            os.setgid(self.gid)
            os.setuid(self.uid)

    def give(self, folder: Path) -> None:
        """Make a folder this user's."""
        if self.differs:
            os.chown(folder, self.uid, self.gid)


def find_owner(cluster: Path, named: str | None) -> Owner:
    """Ourselves; as root: who owns the cluster already, else whom FLEETVIEW_POSTGRES_USER names, else a nobody."""
    if os.geteuid() != 0:
        return _ourselves(cluster)
    if cluster.exists():
        return _owner(_user(cluster.stat().st_uid), differs=True)
    if named:
        return _owner(_user(named), differs=True)
    known = {user.pw_name: user for user in pwd.getpwall()}
    for name in _UNPRIVILEGED:
        if name in known:
            return _owner(known[name], differs=True)
    raise PostgresProblem(
        "PostgreSQL does not run as root. Set FLEETVIEW_POSTGRES_USER to an existing unprivileged user, "
        "or start Fleetview as an ordinary user."
    )


def _ourselves(cluster: Path) -> Owner:
    owner = _owner(_user(os.geteuid()), differs=False)
    if cluster.exists() and cluster.stat().st_uid != owner.uid:
        raise PostgresProblem(
            f"The database in {cluster} belongs to {_user(cluster.stat().st_uid).pw_name}, not to {owner.name}. Run "
            "Fleetview as root or as that user, or set another FLEETVIEW_DATA_DIR."
        )
    return owner


def _owner(user: pwd.struct_passwd, *, differs: bool) -> Owner:
    if user.pw_uid == 0:
        raise PostgresProblem("PostgreSQL does not run as root: set FLEETVIEW_POSTGRES_USER to an unprivileged user.")
    return Owner(uid=user.pw_uid, gid=user.pw_gid, name=user.pw_name, differs=differs)


def _user(who: int | str) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(who) if isinstance(who, int) else pwd.getpwnam(who)
    except KeyError as error:
        raise PostgresProblem(
            f"No user {who} on this machine, and PostgreSQL insists on one. Add it to /etc/passwd, or set "
            "FLEETVIEW_POSTGRES_USER (as root) or FLEETVIEW_DATABASE_URL."
        ) from error
