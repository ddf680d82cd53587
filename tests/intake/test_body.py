"""Reading a body from whatever a server hands over."""

from __future__ import annotations

import io
import socket
from typing import Any

import pytest
from gunicorn.http.errors import InvalidChunkSize

from reports.errors import Refusal, ReportTooLarge
from reports.intake.body import discard_body, encoding_of, read_body


class Broken(io.RawIOBase):
    """A connection that fails."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def read(self, size: int = -1) -> bytes:  # noqa: ARG002 - as files have it
        raise self.error


def environ(body: bytes, **more: object) -> dict[str, Any]:
    """As a server that knows where a body ends would say it."""
    return {"wsgi.input": io.BytesIO(body), "wsgi.input_terminated": True, **more}


def test_a_body_of_a_known_length_is_read_to_its_length() -> None:
    assert read_body(environ(b"body and the next request", CONTENT_LENGTH="4"), 100) == b"body"


def test_a_body_without_a_length_is_read_to_its_end() -> None:
    assert read_body(environ(b"body", HTTP_TRANSFER_ENCODING="chunked", CONTENT_LENGTH=""), 4) == b"body"


def test_where_nobody_can_tell_the_end_there_is_no_body() -> None:
    assert read_body({"wsgi.input": io.BytesIO(b"for ever")}, 100) == b""


@pytest.mark.parametrize("told", [{"CONTENT_LENGTH": "5"}, {}])
def test_one_byte_too_many_is_too_large(told: dict[str, str]) -> None:
    with pytest.raises(ReportTooLarge, match="4 bytes"):
        read_body(environ(b"12345", **told), 4)


def test_a_length_that_is_too_large_is_not_even_read() -> None:
    with pytest.raises(ReportTooLarge):
        read_body({"wsgi.input": Broken(OSError()), "CONTENT_LENGTH": "99999999999"}, 4)


@pytest.mark.parametrize("error", [ConnectionResetError(), TimeoutError(), InvalidChunkSize(b"x")])
def test_a_connection_that_fails_is_a_body_that_broke_off(error: Exception) -> None:
    told = {"wsgi.input": Broken(error), "wsgi.input_terminated": True}
    with pytest.raises(Refusal, match="broke off"):
        read_body(told, 4)
    discard_body(told)


def test_a_silent_sender_is_waited_for_only_so_long() -> None:
    ours, theirs = socket.socketpair()
    seen: list[float | None] = []

    class Body(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:  # noqa: ARG002 - as files have it
            seen.append(ours.gettimeout())
            return b""

    with ours, theirs:
        read_body({"wsgi.input": Body(), "wsgi.input_terminated": True, "gunicorn.socket": ours}, 4)
        assert seen == [20.0]
        assert ours.gettimeout() is None


def test_an_unread_body_is_discarded_up_to_a_bound() -> None:
    body = io.BytesIO(b"x" * 3_000_000)
    discard_body({"wsgi.input": body, "wsgi.input_terminated": True})
    assert body.tell() == 2**20


@pytest.mark.parametrize(("said", "encoding"), [("", ""), ("identity", ""), ("GZIP", "gzip"), (" x-gzip ", "gzip")])
def test_encodings_have_several_names(said: str, encoding: str) -> None:
    assert encoding_of({"HTTP_CONTENT_ENCODING": said}) == encoding


def test_other_encodings_are_not_read() -> None:
    with pytest.raises(Refusal, match="'deflate'"):
        encoding_of({"HTTP_CONTENT_ENCODING": "deflate"})
