"""States of a resource before and after: digests to compare between runs, and words for people."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from reports.adapters.chef.messages import Record
from reports.adapters.chef.secrets import SECRET_KEYS
from reports.adapters.chef.texts import cut

_encode = msgspec.json.Encoder(order="deterministic").encode

_NO_STATE: Final = SECRET_KEYS | {"verifications"}
# How a resource does its work; says nothing about what it found or left.
_HOW: Final = frozenset(
    {"supports", "source", "interpreter", "domain", "sensitive", "recursive", "path", "package_name"}
)
_DIGEST_BYTES: Final = 8  # compared within one node and one resource only
_CHECKSUM_SHOWN: Final = 12
_LONGEST_VALUE: Final = 1000
_LONGEST_STATE: Final = 4000


def declared(record: Record) -> dict[str, Any]:
    """The declared state, empty where Chef tells none.

    `after` has a file's checksum only where the content changed; an unchanged one is the checksum found before.
    """
    if not record.after:
        return {}
    state = {name: _bare(value) for name, value in record.after.items() if name not in _NO_STATE}
    if record.type.endswith("user"):
        state.pop("gid", None)  # the group's name in the run that creates the user, its number ever after
    if record.before and "checksum" in record.before:
        state.setdefault("checksum", record.before["checksum"])
    return state


def desired_digest(record: Record, state: Mapping[str, Any]) -> str | None:
    """A digest of action and declared state; None where Chef tells no state."""
    return _digest(record.result, state) if state else None


def found_digest(record: Record, state: Mapping[str, Any]) -> str | None:
    """The same digest of what was found, over the declared properties only; None where Chef tells nothing."""
    if not state or not record.before:
        return None
    before = record.before
    return _digest(record.result, {name: _bare(before.get(name)) for name in state})


def _digest(action: str | None, state: Mapping[str, Any]) -> str:
    return hashlib.blake2b(_encode((action, state)), digest_size=_DIGEST_BYTES).hexdigest()


def words_for_change(record: Record, state: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """What differed, as text: ("mode 0666", "mode 0644"). Old is "absent" where nothing of it was there before.

    Where nothing known before differs, new is what the action brought in addition, and old is not known.
    """
    before = {name: _bare(value) for name, value in (record.before or {}).items()}
    if "checksum" in state and before:
        before.setdefault("checksum", None)
    differing = [name for name in sorted(state) if name in before and before[name] != state[name]]
    if differing:
        was_there = any(before[name] is not None for name in differing)
        return (_text_of(before, differing) if was_there else "absent"), _text_of(state, differing)
    added = [name for name in sorted(state) if name not in before and name not in _HOW and _says(state[name])]
    return None, _text_of(state, added) or None


def _bare(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Packages report what they found as lists of one; the declared state has the value itself."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _says(value: object) -> bool:
    return value is not None and value != [] and value != {}


def _text_of(state: Mapping[str, Any], names: Iterable[str]) -> str:
    return cut(", ".join(f"{name} {_text(name, state[name])}" for name in names), _LONGEST_STATE)


def _text(name: str, value: Any) -> str:  # noqa: ANN401 - any JSON
    if value is None:
        return "absent"
    if isinstance(value, str):
        return value[:_CHECKSUM_SHOWN] if name == "checksum" else cut(value, _LONGEST_VALUE)
    return cut(_encode(value).decode(), _LONGEST_VALUE)
