"""The key that signs sessions: made once, kept in the data folder, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def secret_key(data_dir: Path) -> str:
    """The kept key. Two processes that make one at the same moment both come back with the one that won."""
    kept = data_dir / "secret_key"
    if not kept.exists():
        _keep(kept, secrets.token_urlsafe(48))
    return kept.read_text(encoding="ascii").strip()


def _keep(kept: Path, key: str) -> None:
    descriptor, name = tempfile.mkstemp(dir=kept.parent, prefix=".secret_key.")  # mode 0600
    made = Path(name)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{key}\n")
    with suppress(FileExistsError):
        os.link(made, kept)  # refuses to replace one that came first
    made.unlink()
