"""The doors over real HTTP: who gets in, what is taken, and what each refusal says."""

from __future__ import annotations

import base64
import gzip
import http.client
import io
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from reports.intake import setup
from reports.intake.envelope import Envelope, unpacked
from reports.intake.packing import unfold
from reports.intake.senders import write_senders
from reports.intake.views import answer_post
from tests.intake.doors import Doors, open_doors
from tests.intake.reports import BEARER, DOOR, TOKEN, a_chef_start, a_run, a_sender

BODY = a_run()
BASIC = {"Authorization": "Basic " + base64.b64encode(f"whoever:{TOKEN}".encode()).decode()}
CHEF = "/data-collector/v0"
RUN_ID = "41edc1d8-d7b3-4593-9aba-f60aa3f5ec51"


def only_spooled(doors: Doors) -> tuple[Envelope, bytes]:
    """The one report that waits: its envelope, and the body as its tool wrote it."""
    (file,) = doors.spooled()
    envelope, packed = unpacked(file.read_bytes())
    return envelope, unfold(packed, envelope.encoding, 1 << 20)


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (DOOR, BEARER),
        (f"{DOOR}/", BEARER),
        (DOOR, {"authorization": f"bearer {TOKEN}"}),
        (DOOR, BASIC),
        (f"{DOOR}?token={TOKEN}", {}),
        ("/api/v1/reports/puppet", BASIC),
        ("/api/v1/reports/puppet/", BASIC),
        ("/pdb/cmd/v1", BASIC),
        ("/pdb/cmd/v1/", BASIC),
    ],
)
def test_every_credential_opens_its_doors(doors: Doors, path: str, headers: dict[str, str]) -> None:
    answer = doors.post(path, BODY, headers)
    assert 200 <= answer.status < 300
    assert answer.headers["Content-Type"] == "application/json"
    assert only_spooled(doors)[1] == BODY


@pytest.mark.parametrize("path", [CHEF, f"{CHEF}/"])
def test_a_token_in_a_header_of_the_tools_own_opens_its_door(doors: Doors, path: str) -> None:
    headers = {"X-Data-Collector-Token": TOKEN, "X-Chef-Version": "18.11.21"}
    assert doors.post(path, a_chef_start(RUN_ID), headers).status == 200
    assert only_spooled(doors)[0].headers == {"x-chef-version": "18.11.21"}


def test_the_token_is_not_kept(doors: Doors) -> None:
    doors.post(f"{DOOR}?token={TOKEN}&node=web01", BODY)
    (file,) = doors.spooled()
    assert TOKEN.encode() not in file.read_bytes()
    assert only_spooled(doors)[0].query == {"node": "web01"}


def test_without_a_credential_the_answer_says_what_to_bring(doors: Doors) -> None:
    answer = doors.post(DOOR, BODY)
    assert answer.status == 401
    assert "Authorization: Bearer TOKEN" in answer.detail
    assert "Retry-After" not in answer.headers
    assert doors.spooled() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer"},
        {"Authorization": "Basic !!!"},
        {"Authorization": "Basic " + base64.b64encode(b"no-colon").decode()},
        {"Authorization": "Basic " + base64.b64encode(b"\xff\xfe:\xff").decode()},
        {"Authorization": f"Digest {TOKEN}"},
        {"X-Client-DN": "CN=web01", "X-Client-Verify": "SUCCESS"},
    ],
)
def test_whoever_is_not_known_stays_outside(doors: Doors, headers: dict[str, str]) -> None:
    for path in (DOOR, "/pdb/cmd/v1"):
        assert doors.post(path, BODY, headers).status == 401
    assert doors.spooled() == []


def test_a_token_that_may_only_read_cannot_send(doors: Doors) -> None:
    write_senders(doors.folder / "senders.json", [a_sender(scope="read")])
    answer = doors.post(DOOR, BODY, BEARER)
    assert answer.status == 403
    assert "only read" in answer.detail


def test_a_token_of_one_tool_is_no_token_for_another(doors: Doors) -> None:
    write_senders(doors.folder / "senders.json", [a_sender(tool="chef")])
    assert doors.post(DOOR, BODY, BEARER).status == 403
    assert doors.post(CHEF, a_chef_start(RUN_ID), {"X-Data-Collector-Token": TOKEN}).status == 200


def test_an_expired_token_is_told_so(doors: Doors) -> None:
    past = datetime.now(UTC) - timedelta(seconds=1)
    write_senders(doors.folder / "senders.json", [a_sender(expires_at=past)])
    answer = doors.post(DOOR, BODY, BEARER)
    assert answer.status == 401
    assert "expired" in answer.detail


def test_a_new_snapshot_holds_at_once(doors: Doors) -> None:
    assert doors.post(DOOR, BODY, BEARER).status == 200
    write_senders(doors.folder / "senders.json", [])
    assert doors.post(DOOR, BODY, BEARER).status == 401


def test_a_snapshot_that_cannot_be_read_changes_nothing(doors: Doors) -> None:
    assert doors.post(DOOR, BODY, BEARER).status == 200
    (doors.folder / "senders.json").write_bytes(b'[{"name": ')
    assert doors.post(DOOR, BODY, BEARER).status == 200


def test_a_body_in_chunks_arrives_whole(doors: Doors) -> None:
    assert doors.post(DOOR, iter([BODY[:7], BODY[7:]]), BEARER).status == 200
    assert only_spooled(doors)[1] == BODY


def test_gzip_in_chunks_is_kept_as_it_was_sent(doors: Doors) -> None:
    sent = gzip.compress(BODY)
    assert doors.post(DOOR, iter([sent[:9], sent[9:]]), {**BEARER, "Content-Encoding": "gzip"}).status == 200
    envelope, body = only_spooled(doors)
    assert (envelope.encoding, envelope.size, body) == ("gzip", len(sent), BODY)
    assert doors.spooled()[0].read_bytes().endswith(sent)


@pytest.mark.parametrize("broken", [b"", b"x", gzip.compress(BODY)[:-1], gzip.compress(BODY) + b"tail"])
def test_broken_gzip_is_refused(doors: Doors, broken: bytes) -> None:
    answer = doors.post(f"{DOOR}?node=web01", broken, {**BEARER, "Content-Encoding": "gzip"})
    assert answer.status == 400 or broken == b""
    assert not doors.spooled() or broken == b""


def test_an_encoding_that_is_not_read_is_refused(doors: Doors) -> None:
    answer = doors.post(DOOR, BODY, {**BEARER, "Content-Encoding": "br"})
    assert answer.status == 400
    assert "gzip" in answer.detail


def test_a_body_that_breaks_off_is_not_taken(doors: Doors) -> None:
    for head in ("Content-Length: 100\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n64\r\n{"):
        with socket.create_connection(("127.0.0.1", doors.port), timeout=10) as client:
            client.sendall(f"POST {DOOR} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n{head}".encode())
            client.shutdown(socket.SHUT_WR)
            assert b" 400 " in client.recv(1000)
    assert doors.spooled() == []


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
def test_only_post_is_for_reports(doors: Doors, method: str) -> None:
    answer = doors.ask(method, DOOR, headers=BEARER)
    assert answer.status == 405
    assert answer.headers["Allow"] == "POST"


def test_what_a_sender_asks_before_it_sends_is_answered(doors: Doors) -> None:
    answer = doors.ask("GET", "/pdb/query/v4/nodes/web01/facts")
    assert (answer.status, answer.body) == (200, b"[]")
    for path in (CHEF, f"{CHEF}/"):
        answer = doors.ask("GET", path)
        assert (answer.status, answer.body) == (200, b'{"status":"ok"}')
        assert doors.ask("PUT", path).headers["Allow"] == "GET, HEAD, POST"


def test_a_query_that_code_posts_is_answered_and_nothing_else_is_taken_there(doors: Doors) -> None:
    answer = doors.post("/pdb/query/v4", b'{"query": "nodes {}"}', {"Content-Type": "application/json"})
    assert (answer.status, answer.body) == (200, b"[]")
    assert doors.post("/pdb/meta/v1/version", b"{}").status == 405
    assert doors.spooled() == []


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_whoever_takes_a_wrong_path_for_a_door_hears_of_the_right_ones(doors: Doors, method: str) -> None:
    answer = doors.ask(method, "/api/v1/reports/pupet", body=BODY, headers=BEARER)
    assert answer.status == 404
    assert "/api/v1/reports/puppet" in answer.detail
    assert "/data-collector/v0" in answer.detail


def test_a_message_that_no_tool_knows_is_rejected(doors: Doors) -> None:
    assert doors.post(CHEF, b'{"neither": "this"}', {"X-Data-Collector-Token": TOKEN}).status == 400


def test_a_spool_that_cannot_be_made_is_no_error_of_ours(tmp_path: Path, settings: Settings) -> None:
    settings.FLEETVIEW_DATA_DIR = tmp_path / "a-file"
    (tmp_path / "a-file").touch()
    setup.gates.cache_clear()
    setup.cloakroom.cache_clear()
    answer = answer_post("salt", {"CONTENT_LENGTH": "0", "wsgi.input": io.BytesIO()})
    assert answer.status == 503


@pytest.mark.django_db
def test_the_long_way_through_django_answers_the_same(doors: Doors) -> None:
    """What the shortcut in front of Django answers: a test client, or another server, comes without it."""
    setup.gates.cache_clear()
    setup.cloakroom.cache_clear()
    client = Client()
    assert client.post(DOOR, BODY, "application/json", headers=BEARER).status_code == 200
    refused = client.post(DOOR, BODY, "application/json")
    assert (refused.status_code, refused["WWW-Authenticate"].split()[0]) == (401, "Basic")
    assert only_spooled(doors)[1] == BODY


@pytest.fixture(scope="module")
def small_doors(tmp_path_factory: pytest.TempPathFactory, postgres: None) -> Iterator[Doors]:
    """Doors that take very little."""
    limits = {
        "FLEETVIEW_MAX_BODY": "2000",
        "FLEETVIEW_MAX_DECOMPRESSED": "5000",
        "FLEETVIEW_SPOOL_MAX_FILES": "4",
        "FLEETVIEW_SENDER_RATE": "2",
    }
    with open_doors(tmp_path_factory.mktemp("small"), **limits) as doors:
        write_senders(doors.folder / "senders.json", [a_sender(), a_sender("other", "other-token")])
        yield doors


def test_a_body_over_the_limit_is_too_large(small_doors: Doors) -> None:
    for body in (b"x" * 2001, iter([b"x" * 2001]), gzip.compress(b"x" * 5001)):
        headers = BEARER | ({"Content-Encoding": "gzip"} if isinstance(body, bytes) and body[:1] == b"\x1f" else {})
        answer = small_doors.post(DOOR, body, headers)
        assert answer.status == 413
        assert "FLEETVIEW_MAX_" in answer.detail


def test_a_full_spool_says_so_and_takes_nothing_more(small_doors: Doors) -> None:
    other = {"Authorization": "Bearer other-token"}
    answers = [small_doors.post(DOOR, BODY, other) for _ in range(6)]
    assert [answer.status for answer in answers] == [200] * 4 + [503] * 2
    assert "FLEETVIEW" not in answers[-1].detail
    assert "drain" in answers[-1].detail
    assert "Retry-After" not in answers[-1].headers
    facts = "/pdb/cmd/v1?command=replace_facts&version=5&certname=web01"
    basic = {"Authorization": "Basic " + base64.b64encode(b"x:other-token").decode()}
    assert small_doors.post(facts, b"{}", basic).status == 200, "under pressure facts are dropped, with success"
    assert len(small_doors.spooled()) == 4
    assert "shed\tpuppetdb\tother" in (small_doors.folder / "spool" / "tally").read_text()


def test_a_wild_sender_is_bounded_and_nobody_else(small_doors: Doors) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", small_doors.port, timeout=10)
    statuses = []
    for _ in range(30):
        connection.request("POST", DOOR, body=BODY, headers=BEARER)
        response = connection.getresponse()
        response.read()
        statuses.append(response.status)
    connection.close()
    assert 403 in statuses
    assert 429 not in statuses
    assert small_doors.post(DOOR, BODY, {"Authorization": "Bearer other-token"}).status in (200, 503)


def test_a_disk_that_cannot_be_written_is_no_error_of_ours(doors: Doors) -> None:
    """A read-only or full disk, stood in for by a folder that is not there: root may write anywhere else."""
    tmp = doors.folder / "spool" / "tmp"
    tmp.rename(tmp.with_name("tmp-away"))
    try:
        answer = doors.post(DOOR, BODY, BEARER)
    finally:
        tmp.with_name("tmp-away").rename(tmp)
    assert answer.status == 503
    assert "kept safely" in answer.detail
    assert doors.post(DOOR, BODY, BEARER).status == 200
