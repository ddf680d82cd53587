"""Tokens are long and random: their SHA-256 is as good as a slow hash, and costs a door nothing."""

from __future__ import annotations

import hashlib
import hmac
import secrets


def new_token() -> str:
    """256 random bits, URL-safe: senders put it into addresses and decode no percent escapes."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """The SHA-256 of a token, hex; any text has one, also what is not UTF-8."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def is_same(one: str, other: str) -> bool:
    """Compare in a time that tells nothing."""
    return hmac.compare_digest(one, other)
