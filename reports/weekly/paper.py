"""The sizes of paper that a brief is printed on."""

from __future__ import annotations

import enum


class Paper(enum.StrEnum):
    """The value is what Typst calls it."""

    A4 = "a4"
    LETTER = "us-letter"
