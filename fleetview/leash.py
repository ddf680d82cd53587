"""Die when the parent dies, however it dies: a `kill -9` of the parent leaves no orphan behind (Linux)."""

from __future__ import annotations

import ctypes
import os
import signal

_PR_SET_PDEATHSIG = 1
_prctl = ctypes.CDLL(None, use_errno=True).prctl  # looked up before any fork


def die_with_parent(parent: int, by: signal.Signals = signal.SIGTERM) -> None:
    """Have the kernel send `by` to this process when `parent`, its parent, ends.

    Survives exec, but not a change of user: call it after one.
    """
    _prctl(_PR_SET_PDEATHSIG, int(by))
    if os.getppid() != parent:  # it ended before we asked
        os.kill(os.getpid(), by)
