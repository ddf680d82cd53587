"""Where a room finds its SQL: one statement a file, in the folder `sql` beside the module that runs it."""

from __future__ import annotations

from pathlib import Path


def load(room_file: str, name: str) -> str:
    """The statement `name` of the room that `room_file` (the module's own `__file__`) lies in."""
    return (Path(room_file).parent / "sql" / f"{name}.sql").read_text(encoding="utf-8")
