"""Ids that every writer on every machine works out alike, without asking the database.

Each is the 64-bit BLAKE2b hash of what it names, as a signed integer, for PostgreSQL has no other. Among ten million
names two share an id with a probability of three in a million.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from struct import Struct

from reports.store.text import clean, clean_name

_SIGNED = Struct(">q")
_SIGNED_SHORT = Struct(">i")


def node_id(site: str, name: str) -> int:
    """The id of a node: of its name in its site, both as the store writes them."""
    site = clean_name(site)
    return _hash(f"node {len(site)} {site} {clean_name(name)}")


def resource_id(type: str, title: str) -> int:  # noqa: A002 - the word that everybody uses
    """The id of a resource, on whatever node."""
    type = clean(type)  # noqa: A001
    return _hash(f"resource {len(type)} {type} {clean(title)}")


def machine_id(machine: str) -> int:
    """The id of a machine, of the identity that a tool tells."""
    return _hash(f"machine {clean(machine)}")


def resource_set_id(resource_ids: Iterable[int]) -> int:
    """The id of a set of resources; the ids come sorted, each once."""
    packed = b"".join(map(_SIGNED.pack, resource_ids))
    return _signed(blake2b(packed, digest_size=8).digest())


def declared_id(resource: int, digest: str) -> int:
    """That this resource (by its id) was declared in the state of this digest. 32 bits: there are many of them, and a
    cause is only ever asked about one among the few thousand of one run."""
    packed = blake2b(_SIGNED.pack(resource) + clean(digest).encode(), digest_size=4).digest()
    number: int = _SIGNED_SHORT.unpack(packed)[0]
    return number


def declared_set_id(declared_ids: Iterable[int]) -> int:
    """The id of a set of declared states; the ids come sorted, each once."""
    return _signed(blake2b(b"".join(map(_SIGNED_SHORT.pack, declared_ids)), digest_size=8).digest())


def likeness_id(names: Iterable[str | None], states: Iterable[str | None]) -> int:
    """The id of a change wherever it is made: what is changed, and from what to what. See likeness.py."""
    return _hash(f"likeness {[*map(_cleaned, names)]} {[*map(_cleaned, states)]}")


def _cleaned(text: str | None) -> str | None:
    return None if text is None else clean(text)


def _hash(text: str) -> int:
    return _signed(blake2b(text.encode(), digest_size=8).digest())


def _signed(digest: bytes) -> int:
    number: int = _SIGNED.unpack(digest)[0]
    return number
