"""Text that PostgreSQL can hold: what it cannot is replaced where a reader sees it, never dropped.

PostgreSQL's text has no NUL, UTF-8 no lone surrogates, and an index entry no more than 2,704 bytes.
"""

from __future__ import annotations

from hashlib import blake2b

NUL_SHOWN = "\N{SYMBOL FOR NULL}"
MOST_NAME_BYTES = 600  # three names together fit an index entry
MOST_VALUE_BYTES = 1 << 20  # a value, a diff, a message


def clean(text: str) -> str:
    """The text with NUL shown as ␀ and lone surrogates as U+FFFD."""
    if text.isascii():
        return text.replace("\0", NUL_SHOWN) if "\0" in text else text
    try:
        text.encode()
    except UnicodeEncodeError:
        # By way of UTF-16, so that two halves which belong together become the one character they were meant to be.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\0", NUL_SHOWN)


def clean_name(text: str) -> str:
    """A clean name that fits an index; one that is too long ends in its length and a hash, so that it stays its own."""
    text = clean(text)
    if len(text) * 4 <= MOST_NAME_BYTES or len(text.encode()) <= MOST_NAME_BYTES:
        return text
    mark = blake2b(text.encode(), digest_size=4).hexdigest()
    ending = f"… [{len(text)} characters, {mark}]"
    return _cut(text, MOST_NAME_BYTES - len(ending.encode())) + ending


def clean_value(text: str, most_bytes: int = MOST_VALUE_BYTES) -> str:
    """A clean value, diff or message; one that is too long says at its end how much is missing."""
    text = clean(text)
    if len(text) * 4 <= most_bytes or len(text.encode()) <= most_bytes:
        return text
    kept = _cut(text, most_bytes)
    return f"{kept}… [cut here: {len(text) - len(kept)} more characters]"


def _cut(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode(errors="ignore")
