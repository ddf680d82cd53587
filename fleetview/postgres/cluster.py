"""Make the embedded server's folders and files. Every step can be cut short and done again.

The home stays ours, so that root never writes into a folder that somebody else controls; the cluster and the socket's
folder are the owner's alone.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from fleetview.postgres.binaries import Binaries
from fleetview.postgres.owner import Owner
from fleetview.postgres.place import DATABASE, ROLE, Place
from fleetview.postgres.problem import PostgresProblem

_ROOM_NEEDED = 256 * 2**20  # bytes; an empty cluster with its first WAL takes 40 MiB, and must be able to grow


def major_of(cluster: Path) -> int | None:
    """The major version that made the cluster; None where there is none yet."""
    version = cluster / "PG_VERSION"
    return int(version.read_text(encoding="utf-8")) if version.exists() else None


def prepare_folders(place: Place, owner: Owner) -> None:
    """The home, the socket's folder, and who may connect."""
    place.home.mkdir(mode=0o755, parents=True, exist_ok=True)
    if place.home != place.link and not place.link.is_symlink():
        place.link.symlink_to(place.home, target_is_directory=True)
    if not place.socket.exists():
        place.socket.mkdir(mode=0o700)
        owner.give(place.socket)
    _insist_private(place.socket, owner)
    # Who can read the files may connect, as the one role; the kernel says who asks, so no password lies about.
    _replace(place.access, f"local all all peer map={ROLE}\n")
    names = sorted({"root", owner.name})
    _replace(place.names, "".join(f'{ROLE} "{name}" {ROLE}\n' for name in names))


def make_cluster(place: Place, binaries: Binaries, owner: Owner) -> None:
    """initdb and our database, beside the final name, which appears only when all is done."""
    if place.cluster.exists():
        return
    free = shutil.disk_usage(place.home).free
    if free < _ROOM_NEEDED:
        raise PostgresProblem(f"No room for a database in {place.home}: {free // 2**20} MiB free, 256 MiB needed.")
    draft = place.home / "cluster.draft"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    owner.give(draft)
    _run([binaries.bin / "initdb", "-D", draft, "-U", ROLE, "-E", "UTF8", "--locale=C.UTF-8", "-A", "peer"], owner)
    _run(
        [binaries.bin / "postgres", "--single", "-D", draft, "postgres"],
        owner,
        given=f"CREATE DATABASE {DATABASE}".encode(),
    )
    draft.rename(place.cluster)


def _replace(path: Path, text: str) -> None:
    """Write a file anew; whatever stood there, a link among it, is replaced and not written through."""
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "w", encoding="utf-8") as file:
        file.write(text)
    new.replace(path)


def _insist_private(folder: Path, owner: Owner) -> None:
    """Against a folder that somebody else put in our way, which in /tmp anybody could."""
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != owner.uid or found.st_mode & 0o077:
        raise PostgresProblem(f"{folder} has to be a folder of {owner.name} alone (mode 0700). Remove it or mend it.")


def _run(command: list[str | Path], owner: Owner, given: bytes = b"") -> None:
    done = owner.run(command, cwd=Path(os.sep), given=given)
    if done.returncode != 0:
        last = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()[-3:]
        raise PostgresProblem(f"{Path(command[0]).name} failed: {' '.join(last)}")
