"""Unpacking is bounded, whatever was packed."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.errors import ReportTooLarge
from reports.intake.envelope import GZIP, PLAIN, ZSTD
from reports.intake.packing import BrokenPacking, packed, unfold, unfolded_size

SMALL = gzip.compress(b"x", mtime=0)  # the same bytes in each process: they become names of tests
BOMB = gzip.compress(b"\0" * 50_000_000, 9)


@given(st.binary(max_size=5000))
def test_what_was_packed_comes_out_as_it_was(body: bytes) -> None:
    assert unfold(packed(body), ZSTD, 5000) == body
    assert unfold(gzip.compress(body), GZIP, 5000) == body
    assert unfolded_size(gzip.compress(body), GZIP, 5000) == len(body)
    assert unfold(body, PLAIN, 0) == body


def test_several_gzip_members_are_one_body() -> None:
    assert unfold(gzip.compress(b"one ") + gzip.compress(b"two"), GZIP, 100) == b"one two"


def test_a_large_body_comes_in_pieces() -> None:
    body = bytes(range(256)) * 40_000
    assert unfold(gzip.compress(body, 1), GZIP, len(body)) == body


@pytest.mark.parametrize(("body", "encoding"), [(BOMB, GZIP), (packed(b"\0" * 9_000_000), ZSTD)])
def test_a_bomb_is_too_large(body: bytes, encoding: str) -> None:
    with pytest.raises(ReportTooLarge):
        unfold(body, encoding, 8_000_000)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x1f\x8b",
        BOMB[:-4],
        SMALL[:-8] + b"\0" * 8,
        zlib.compress(b"x"),
        SMALL + b"!",
    ],
)
def test_broken_gzip_is_said_to_be_so(body: bytes) -> None:
    with pytest.raises(BrokenPacking, match="gzip"):
        unfolded_size(body, GZIP, 1 << 30)


def test_broken_zstd_is_said_to_be_so() -> None:
    for body in (b"", b"x", packed(b"report")[:-1]):
        with pytest.raises(BrokenPacking):
            unfold(body, ZSTD, 100)
