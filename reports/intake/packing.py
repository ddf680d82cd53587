"""Bytes in and out of their wrapping, never beyond a bound: a small body may unfold into more than the memory holds."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

import zstandard

from reports.errors import Refusal, ReportTooLarge
from reports.intake.envelope import GZIP, PLAIN, ZSTD

_GZIP_ONLY: Final = 16 + zlib.MAX_WBITS
_FEED: Final = 256 * 1024  # bytes given to the decompressor at a time
_PIECE: Final = 1024 * 1024  # bytes taken from it at a time
_LEVEL: Final = 1  # five times smaller for a tenth of what reading the report costs; higher levels gain little


class BrokenPacking(Refusal):
    """The bytes are not what their Content-Encoding says."""


def packed(body: bytes) -> bytes:
    """The bytes as zstd."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(body)


def unfold(body: bytes, encoding: str, most: int) -> bytes:
    """The report as its tool wrote it, at most `most` bytes; BrokenPacking or ReportTooLarge."""
    if encoding == PLAIN:
        return body
    if encoding == ZSTD:
        return _unfold_zstd(body, most)
    pieces = list(_gunzipped(body, most))
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def unfolded_size(body: bytes, encoding: str, most: int) -> int:
    """How large `unfold` would be, without ever holding it whole."""
    return len(body) if encoding == PLAIN else sum(map(len, _gunzipped(body, most)))


def _unfold_zstd(body: bytes, most: int) -> bytes:
    """Ours alone: made by `packed`, which writes the size in front."""
    try:
        if zstandard.frame_content_size(body) > most:
            raise _too_large(most)
        return zstandard.ZstdDecompressor().decompress(body, max_output_size=most)
    except zstandard.ZstdError as error:
        raise BrokenPacking(f"the spooled bytes are broken: {error}") from error


def _gunzipped(body: bytes, most: int) -> Iterator[bytes]:
    """The pieces of all gzip members, one after the other."""
    total, rest = 0, memoryview(body)
    while True:
        member = zlib.decompressobj(_GZIP_ONLY)
        try:
            while not member.eof:
                if not rest and not member.unconsumed_tail:
                    raise BrokenPacking(f"the body says Content-Encoding: {GZIP} and ends before its gzip stream does")
                feed = member.unconsumed_tail or rest[:_FEED]
                rest = rest if member.unconsumed_tail else rest[_FEED:]
                piece = member.decompress(feed, _PIECE)
                total += len(piece)
                if total > most:
                    raise _too_large(most)
                yield piece
        except zlib.error as error:
            raise BrokenPacking(f"the body says Content-Encoding: {GZIP} and is not: {error}") from error
        rest = memoryview(member.unused_data + bytes(rest)) if member.unused_data else rest
        if not rest:
            return


def _too_large(most: int) -> ReportTooLarge:
    return ReportTooLarge(f"unpacked, this body is larger than {most} bytes: see FLEETVIEW_MAX_DECOMPRESSED")
