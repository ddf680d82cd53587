"""CPU time of process trees, from /proc: what they used themselves and what children that have ended left them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_TICKS: Final = os.sysconf("SC_CLK_TCK")


def cpu_seconds(root: int) -> float:
    """User and system time of a process and everything below it."""
    children = _children()
    total, todo = 0.0, [root]
    while todo:
        pid = todo.pop()
        total += _own_seconds(pid)
        todo += children.get(pid, [])
    return total


def _own_seconds(pid: int) -> float:
    """utime + stime + cutime + cstime: the fields 14 to 17 of /proc/PID/stat, after the name in brackets."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICKS


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        found.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    return found
