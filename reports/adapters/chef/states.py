"""States of a resource before and after: digests to compare between runs, and words for people."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from reports.adapters.chef.messages import Record
from reports.adapters.chef.secrets import SECRET_KEYS
from reports.adapters.chef.texts import cut

_encode = msgspec.json.Encoder(order="deterministic").encode

# Secrets, names of the resource itself, and how it does its work: nothing that is found or left on a node.
_NO_STATE: Final = SECRET_KEYS | {
    *("verifications", "supports", "source", "interpreter", "domain", "sensitive", "recursive", "path", "package_name"),
}
_DIGEST_BYTES: Final = 8  # compared within one node and one resource only
_CHECKSUM_SHOWN: Final = 12
_LONGEST_VALUE: Final = 1000
_LONGEST_STATE: Final = 4000


class Comparison(NamedTuple):
    """What a record says about its resource before and after. A NamedTuple because a first run makes thousands.

    Digests are comparable between runs of one node; `old` and `new` are words, such as "mode 0666" and "mode 0644".
    """

    desired: str | None = None
    found: str | None = None
    old: str | None = None
    new: str | None = None


def desired_digest(record: Record) -> str | None:
    """A digest of action and declared state; None where Chef tells no state."""
    state = _declared(record)
    return _digest(record.result, state) if state else None


def compare(record: Record) -> Comparison:
    """Compare what an updated record declared with what it found, over the declared properties only.

    Old is "absent" where nothing of it was there before. Where nothing known before differs, new is what the action
    brought in addition, and old is not known.
    """
    state = _declared(record)
    if not state:
        return Comparison()
    desired, before = _digest(record.result, state), record.before
    if not before:
        return Comparison(desired, new=_words(state, [name for name in sorted(state) if _says(state[name])]))
    was = {name: _bare(before.get(name)) for name in state}
    found = _digest(record.result, was)
    other = [name for name in sorted(state) if was[name] != state[name]]
    known = [name for name in other if name in before or name == "checksum"]
    if not known:
        return Comparison(desired, found, new=_words(state, [name for name in other if _says(state[name])]))
    was_there = any(was[name] is not None for name in known)
    return Comparison(desired, found, _words(was, known) if was_there else "absent", _words(state, known))


def _declared(record: Record) -> dict[str, Any]:
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


def _digest(action: str | None, state: Mapping[str, Any]) -> str:
    return hashlib.blake2b(_encode((action, state)), digest_size=_DIGEST_BYTES).hexdigest()


def _bare(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Packages report what they found as lists of one; the declared state has the value itself."""
    return value[0] if type(value) is list and len(value) == 1 else value


def _says(value: object) -> bool:
    return value is not None and value != [] and value != {}


def _words(state: Mapping[str, Any], names: Sequence[str]) -> str | None:
    return cut(", ".join([f"{name} {_text(name, state[name])}" for name in names]), _LONGEST_STATE) or None


def _text(name: str, value: Any) -> str:  # noqa: ANN401 - any JSON
    if type(value) is str:
        return value[:_CHECKSUM_SHOWN] if name == "checksum" else cut(value, _LONGEST_VALUE)
    return "absent" if value is None else cut(_encode(value).decode(), _LONGEST_VALUE)
