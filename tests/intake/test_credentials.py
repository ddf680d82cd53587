"""Common names in what proxies tell, and the rate of one sender."""

from __future__ import annotations

import ipaddress
from typing import Any

import pytest

from reports.intake.credentials import Proxies, certificate_name, common_name
from reports.intake.rate import Rate

PROXIES = Proxies([ipaddress.ip_network("10.0.0.0/8")], "HTTP_X_CLIENT_DN", "HTTP_X_CLIENT_VERIFY")
VERIFIED = {"REMOTE_ADDR": "10.1.2.3", "HTTP_X_CLIENT_DN": "CN=web01", "HTTP_X_CLIENT_VERIFY": "SUCCESS"}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("CN=web01.example.org", "web01.example.org"),
        ("O=Example, CN=web01", "web01"),
        ("cn=web01+serialNumber=7,O=x", "web01"),
        (r"CN=a\,CN=b,O=x", "a,CN=b"),
        ("/C=DE/O=Example/CN=web01", "web01"),
        ("CN=a,CN=b", None),
        ("/CN=a/CN=b", None),
        ("O=CN=a", None),
        ("CN=", None),
        ("", None),
        ("web01", None),
    ],
)
def test_there_is_one_common_name_or_none(name: str, found: str | None) -> None:
    assert common_name(name) == found


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({}, "web01"),
        ({"REMOTE_ADDR": "192.0.2.1"}, None),
        ({"REMOTE_ADDR": ""}, None),
        ({"HTTP_X_CLIENT_VERIFY": "NONE"}, None),
        ({"HTTP_X_CLIENT_DN": ""}, None),
    ],
)
def test_only_a_trusted_proxy_is_believed(told: dict[str, Any], found: str | None) -> None:
    assert certificate_name({**VERIFIED, **told}, PROXIES) == found


def test_a_sender_may_come_in_a_burst_and_then_at_its_rate() -> None:
    rate = Rate(2)
    assert [rate.allows("fleet", 0.0) for _ in range(21)] == [True] * 20 + [False]
    assert rate.allows("other", 0.0)
    assert [rate.allows("fleet", 1.0) for _ in range(3)] == [True, True, False]


def test_no_rate_is_no_bound() -> None:
    rate = Rate(0)
    assert all(rate.allows("fleet", 0.0) for _ in range(10_000))
