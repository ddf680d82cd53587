"""The folder of all that is kept: made where it is missing, and insisted on to be one that this user may use."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_OTHERS_TO_ASK = ("secret_key", "spool")  # in a folder that anybody may write, these tell whose it is


def data_folder(path: Path) -> Path:
    """The folder, to be used; ImproperlyConfigured says in a sentence why it cannot be."""
    try:
        # Root's embedded PostgreSQL runs as somebody else and has to walk through; what is private is so by itself.
        path.mkdir(mode=0o711, parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(path, f"it cannot be made: {error.strerror}") from error
    for found in (path, *(path / name for name in _OTHERS_TO_ASK)):
        if found.exists() and not os.access(found, _asked_of(found), effective_ids=True):
            owner, mine = _name(found.stat().st_uid), _name(os.geteuid())
            reason = "is not to be written" if owner == mine else f"belongs to {owner}, and this is {mine}"
            raise _unusable(path, f"{found} {reason}")
    return path


def _asked_of(found: Path) -> int:
    return os.R_OK | os.W_OK | os.X_OK if found.is_dir() else os.R_OK


def _unusable(path: Path, reason: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"The data folder {path} cannot be used ({reason}). Start Fleetview as the user that it belongs to, or set "
        "FLEETVIEW_DATA_DIR to a folder of your own."
    )


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)  # as in containers
