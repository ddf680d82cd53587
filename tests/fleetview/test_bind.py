"""What follows from the address that is listened on."""

from __future__ import annotations

import socket

import pytest
from django.core.exceptions import ImproperlyConfigured

from fleetview.bind import address, hosts_allowed, insist_free


def test_the_address_to_open_is_one_that_a_browser_understands() -> None:
    assert address("127.0.0.1:8000") == "http://127.0.0.1:8000"
    assert address("0.0.0.0:80") == "http://127.0.0.1:80"
    assert address("[::]:80") == "http://127.0.0.1:80"
    assert address("[::1]:8000") == "http://[::1]:8000"


def test_a_public_address_closes_pages_to_other_names() -> None:
    assert hosts_allowed("https://fleet.example.net", "0.0.0.0:8000") == [
        "fleet.example.net",
        "localhost",
        "127.0.0.1",
        "[::1]",
    ]


def test_without_a_public_address_a_server_on_every_interface_answers_to_every_name() -> None:
    assert hosts_allowed(None, "0.0.0.0:8000") == ["*"]


def test_a_server_on_one_interface_answers_to_that_address() -> None:
    allowed = hosts_allowed(None, "192.0.2.7:8000")
    assert "192.0.2.7" in allowed
    assert "*" not in allowed


def test_an_address_that_is_taken_is_said_before_anything_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(ImproperlyConfigured, match=f"Cannot listen on {bind}"):
            insist_free(bind)
        with pytest.raises(ImproperlyConfigured, match="set FLEETVIEW_TLS_BIND to a free"):
            insist_free(bind, "FLEETVIEW_TLS_BIND")
    insist_free(bind)


@pytest.mark.parametrize("bind", ["8000", "127.0.0.1:http", "127.0.0.1:99999", "192.0.2.1:8000"])
def test_an_address_that_means_nothing_here_is_said(bind: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="set FLEETVIEW_BIND to a free ADDRESS:PORT"):
        insist_free(bind)
