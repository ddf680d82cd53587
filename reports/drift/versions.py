"""Versions of the code, as far as they are some. Pure."""

from __future__ import annotations

from typing import Final

_EPOCH_DIGITS: Final = 10


def moved(before: str | None, now: str | None) -> bool | None:
    """Whether the code is another one now; None where a run told no version."""
    if before is None or now is None or _is_compile_time(before) or _is_compile_time(now):
        return None
    return before != now


def _is_compile_time(version: str) -> bool:
    """Whether it is the second at which the code was compiled, which moves by itself."""
    return len(version) == _EPOCH_DIGITS and version.isdigit()
