"""States of a resource before and after: digests to compare between runs, and words for people."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
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
# Of what is run, all else is how it is run: as whom, from where, with which words.
_COMMANDS: Final = {
    *("execute", "script", "bash", "csh", "ksh", "perl", "python", "ruby", "batch", "powershell_script", "ruby_block"),
    *("http_request", "log"),
}
_STATE_OF_COMMANDS: Final = "creates"  # a file that is left behind
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


_UNTOLD: Final = Comparison()  # Chef tells no state


def desired_digest(record: Record) -> str | None:
    """A digest of action and declared state; None where Chef tells no state."""
    state = _declared(record)
    return _digest(record.result, state) if state else None


def compare(record: Record) -> Comparison:
    """Compare what an updated record declared with what it found, over the declared properties only.

    Old is "absent" where nothing of it was there before. Where nothing known before differs, new is what the action
    brought in addition, and old is not known.
    """
    state, before = _declared(record), record.before or {}
    if not state:
        return _UNTOLD
    if [*before.values()].count(None) == len(before):
        return _compare_with_nothing(record.result, state, before)
    was = {name: _bare(value) if type(value := before.get(name)) is list else value for name in state}
    desired, found = _digest(record.result, state), _digest(record.result, was)
    other = [name for name, value in state.items() if was[name] != value]
    known = [name for name in other if name in before or name == "checksum"]
    if not known:
        return Comparison(desired, found, None, _words(state, _telling(state, other)))
    was_there = any(was[name] is not None for name in known)
    return Comparison(desired, found, _words(was, known) if was_there else "absent", _words(state, known))


def _compare_with_nothing(action: str | None, state: Mapping[str, Any], before: Mapping[str, None]) -> Comparison:
    """The same, in half the time, for a resource that was not there, as a first build has by the thousand."""
    desired = _digest(action, state)
    if not before:
        return Comparison(desired, None, None, _words(state, _telling(state, state)))
    found = _digest_of_nothing(action, tuple(state))
    known = [name for name, value in state.items() if value is not None and (name in before or name == "checksum")]
    if not known:
        return Comparison(desired, found, None, _words(state, _telling(state, state)))
    return Comparison(desired, found, "absent", _words(state, known))


def _declared(record: Record) -> dict[str, Any]:
    """The declared state, empty where Chef tells none.

    `after` has a file's checksum only where the content changed; an unchanged one is the checksum found before.
    """
    if not record.after:
        return {}
    state = {
        name: _bare(value) if type(value) is list else value
        for name, value in record.after.items()
        if name not in _NO_STATE and (name == _STATE_OF_COMMANDS or record.type not in _COMMANDS)
    }
    if record.type.endswith("user"):
        state.pop("gid", None)  # the group's name in the run that creates the user, its number ever after
    if record.before and "checksum" in record.before:
        state.setdefault("checksum", record.before["checksum"])
    return state


def _digest(action: str | None, state: Mapping[str, Any]) -> str:
    return hashlib.blake2b(_encode((action, state)), digest_size=_DIGEST_BYTES).hexdigest()


@lru_cache(maxsize=512)  # types of resources are few
def _digest_of_nothing(action: str | None, names: tuple[str, ...]) -> str:
    return _digest(action, dict.fromkeys(names))


def _bare(value: list[Any]) -> Any:  # noqa: ANN401 - any JSON
    """Packages report what they found as lists of one; the declared state has the value itself."""
    return value[0] if len(value) == 1 else value


def _telling(state: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    return [name for name in names if state[name] is not None and state[name] != [] and state[name] != {}]


def _words(state: Mapping[str, Any], names: Iterable[str]) -> str | None:
    words = []
    for name in sorted(names):
        value = state[name]
        is_short = type(value) is str and len(value) <= _CHECKSUM_SHOWN  # as most are: never cut, whatever the name
        words.append(f"{name} {value if is_short else _text(name, value)}")
    return cut(", ".join(words), _LONGEST_STATE) or None


def _text(name: str, value: Any) -> str:  # noqa: ANN401 - any JSON
    if type(value) is str:
        return value[:_CHECKSUM_SHOWN] if name == "checksum" else cut(value, _LONGEST_VALUE)
    return "absent" if value is None else cut(_encode(value).decode(), _LONGEST_VALUE)
