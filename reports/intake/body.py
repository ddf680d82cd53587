"""Read what a sender sends: by its length or in chunks, never more than the bound, and whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from socket import socket
from typing import Any, Final

from gunicorn.http.errors import ParseException

from reports.errors import Refusal, ReportTooLarge
from reports.intake.envelope import GZIP, PLAIN

_MOST_DISCARDED: Final = 2**20
_LONGEST_SILENCE: Final = 20.0  # seconds
_ENCODINGS: Final = {"": PLAIN, "identity": PLAIN, "gzip": GZIP, "x-gzip": GZIP}


def encoding_of(environ: Mapping[str, Any]) -> str:
    """How the body is packed, by its Content-Encoding."""
    said = environ.get("HTTP_CONTENT_ENCODING", "").strip().lower()
    if said not in _ENCODINGS:
        raise Refusal(f"Content-Encoding {said!r} is not read here: send the body plain or with gzip")
    return _ENCODINGS[said]


def read_body(environ: Mapping[str, Any], most: int) -> bytes:
    """The body as sent. ReportTooLarge over `most` bytes, Refusal when the sender went away in the middle of it.

    Not Django's `request.body`: that takes a chunked request, which has no Content-Length, for an empty one.
    """
    length = _content_length(environ)
    if length is not None and length > most:
        raise _too_large(most)
    if length is None and not environ.get("wsgi.input_terminated"):
        return b""  # a server that cannot tell where a chunked body ends
    try:
        with _patience(environ):
            body: bytes = environ["wsgi.input"].read(most + 1 if length is None else length)
    except (OSError, ParseException) as error:
        raise Refusal(f"the body broke off: {error}") from error
    if len(body) > most:
        raise _too_large(most)
    if length is not None and len(body) < length:
        raise Refusal(f"the body broke off: {len(body)} of {length} bytes came")
    return body


def discard_body(environ: Mapping[str, Any]) -> None:
    """Read what was not read, up to a megabyte: a sender that is still writing would never see why it is refused."""
    length = _content_length(environ)
    if length is None and not environ.get("wsgi.input_terminated"):
        return
    with suppress(OSError, ParseException), _patience(environ):
        environ["wsgi.input"].read(_MOST_DISCARDED if length is None else min(length, _MOST_DISCARDED))


@contextmanager
def _patience(environ: Mapping[str, Any]) -> Iterator[None]:
    """Wait only so long for the next bytes: gunicorn would let a silent sender hold a thread for ever."""
    connection: socket | None = environ.get("gunicorn.socket")
    if connection is None:
        yield
        return
    connection.settimeout(_LONGEST_SILENCE)
    try:
        yield
    finally:
        connection.settimeout(None)


def _content_length(environ: Mapping[str, Any]) -> int | None:
    if "HTTP_TRANSFER_ENCODING" in environ:
        return None  # where both are sent, chunks decide
    said = str(environ.get("CONTENT_LENGTH") or "")
    return int(said) if said.isascii() and said.isdigit() else None


def _too_large(most: int) -> ReportTooLarge:
    return ReportTooLarge(f"a body may have {most} bytes here: see FLEETVIEW_MAX_BODY")
