"""No bytes and no headers whatever make a door answer 500 or a drain die."""

from __future__ import annotations

import gzip
import http.client
import string
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.adapters.discovery import doors as all_doors
from reports.intake.spool import Spool
from tests.intake.doors import Doors
from tests.intake.reports import BEARER, TOKEN, a_chef_start, a_run, an_envelope

PATHS = sorted(f"/{path}" for _, door in all_doors().values() for path in door.paths)
REAL = [a_run(), a_chef_start("41edc1d8-d7b3-4593-9aba-f60aa3f5ec51"), b"[]", b"{}", b"--- !ruby/object:X\nhost: a\n"]
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """Anything: noise, reports cut short or with a piece changed, packed or not."""
    body = draw(st.one_of(st.binary(max_size=300), st.sampled_from(REAL), st.text().map(str.encode)))
    place = draw(st.integers(0, len(body)))
    mangled = draw(st.sampled_from([body, body[:place], body[:place] + draw(st.binary(max_size=9)) + body[place:]]))
    packed: bytes = draw(st.sampled_from([mangled, gzip.compress(mangled)]))
    return packed


VALUES = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=40)
HEADERS = st.dictionaries(
    st.one_of(
        st.sampled_from(["Content-Encoding", "Content-Type", "X-Chef-Version", "Authorization", "X-Client-DN", "Host"]),
        st.text(string.ascii_letters, min_size=1, max_size=9).map(lambda name: f"X-{name}"),
    ),
    st.one_of(VALUES, st.sampled_from(["gzip", "identity", f"Bearer {TOKEN}"])),
    max_size=4,
)
QUERIES = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#"), max_size=60)


@QUIET
@given(st.sampled_from(PATHS), QUERIES, HEADERS, bodies())
def test_no_request_is_answered_with_an_error_of_ours(
    doors: Doors, path: str, query: str, headers: dict[str, str], body: bytes
) -> None:
    client = http.client.HTTPConnection("127.0.0.1", doors.port, timeout=20)
    try:
        client.request("POST", f"{path}?{query}", body=body, headers={**BEARER, **headers})
        status = client.getresponse().status
    finally:
        client.close()
    assert status < 500


@pytest.mark.django_db
@QUIET
@given(
    st.sampled_from(sorted(all_doors())),
    bodies(),
    st.dictionaries(st.text(max_size=5), st.text(max_size=9), max_size=3),
)
def test_no_report_makes_a_drain_die(
    spool: Spool, drain: Callable[[], None], door: str, body: bytes, query: dict[str, str]
) -> None:
    spool.put(an_envelope(door=door, query=query), body, unfolded=len(body))
    drain()
    assert spool.everything() == []


@pytest.mark.django_db
@QUIET
@given(st.lists(st.binary(max_size=200), min_size=1, max_size=3))
def test_no_file_in_the_spool_makes_a_drain_die(spool: Spool, drain: Callable[[], None], contents: list[bytes]) -> None:
    for content in contents:
        spooled = spool.put(an_envelope(), b"", unfolded=0)
        (spool.new / spooled.name).write_bytes(content)
    (spool.new / "not-a-report").write_bytes(b"left alone")
    drain()
    assert spool.everything() == []
