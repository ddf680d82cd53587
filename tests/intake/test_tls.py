"""Client certificates: ended by gunicorn's own TLS, or by a proxy that is trusted."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from reports.intake.envelope import unpacked
from reports.intake.senders import Sender, write_senders
from tests.intake.certificates import Authority, make_authority
from tests.intake.doors import Doors, open_doors
from tests.intake.reports import a_sender

BODY = b'{"certname": "web01"}'


@dataclass(frozen=True, slots=True)
class TlsDoors:
    """Doors behind gunicorn's TLS, and the authority that it believes."""

    doors: Doors
    authority: Authority

    def post(self, common_name: str | None, certname: str, authority: Authority | None = None) -> tuple[int, str]:
        """A report of `certname` from the holder of a certificate, or of none; status and what was said."""
        context = ssl.create_default_context(cafile=str(self.authority.certificate))
        if common_name:
            context.load_cert_chain(*(authority or self.authority).sign(common_name))
        client = http.client.HTTPSConnection("127.0.0.1", self.doors.port, context=context, timeout=10)
        try:
            client.request("POST", f"/pdb/cmd/v1?certname={certname}&command=store_report&version=8", body=BODY)
            response = client.getresponse()
            said = json.loads(response.read())
            return response.status, str(said.get("detail", ""))
        finally:
            client.close()

    def trust(self, *senders: Sender) -> None:
        """Let these in, and nobody else."""
        write_senders(self.doors.folder / "senders.json", list(senders))

    def last_sender(self) -> tuple[str, str | None]:
        """Whom the newest report came from, and the one node that it may tell of."""
        envelope, _ = unpacked(self.doors.spooled()[-1].read_bytes())
        return envelope.sender, envelope.speaks_for


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory, postgres: None) -> Iterator[TlsDoors]:
    """gunicorn that asks for certificates and does not insist, as serve starts it."""
    folder = tmp_path_factory.mktemp("tls")
    authority = make_authority(folder / "ca")
    certificate, key = authority.sign("fleetview")
    options = ["--certfile", str(certificate), "--keyfile", str(key)]
    options += ["--ca-certs", str(authority.certificate), "--cert-reqs", "1"]
    (folder / "var").mkdir()
    with open_doors(folder / "var", *options) as doors:
        yield TlsDoors(doors, authority)


def rule(name: str) -> Sender:
    """A certificate that is trusted."""
    return a_sender(name, token=None, certificate=name)


def test_a_trusted_name_speaks_for_every_node(tls: TlsDoors) -> None:
    tls.trust(rule("puppet.example.org"))
    assert tls.post("puppet.example.org", "web01") == (200, "")
    assert tls.last_sender() == ("puppet.example.org", None)


def test_any_name_speaks_for_itself_alone(tls: TlsDoors) -> None:
    tls.trust(rule("*"))
    assert tls.post("web01", "web01") == (200, "")
    assert tls.last_sender() == ("web01", "web01")
    status, said = tls.post("web01", "db01")
    assert status == 403
    assert "for itself alone" in said


def test_a_name_that_is_trusted_beside_any_name_speaks_for_all(tls: TlsDoors) -> None:
    tls.trust(rule("*"), rule("puppet.example.org"))
    assert tls.post("puppet.example.org", "db01") == (200, "")
    assert tls.last_sender() == ("puppet.example.org", None)


def test_a_name_that_nobody_trusted_is_told_how_to_be(tls: TlsDoors) -> None:
    tls.trust(rule("puppet.example.org"))
    status, said = tls.post("web01", "web01")
    assert status == 401
    assert "trust_certificate web01" in said


def test_without_a_certificate_nobody_is_let_in(tls: TlsDoors) -> None:
    tls.trust(rule("*"))
    assert tls.post(None, "web01")[0] == 401


def test_a_certificate_of_another_authority_does_not_even_connect(tls: TlsDoors) -> None:
    tls.trust(rule("*"))
    other = make_authority(tls.authority.folder.parent / f"other-{id(tls)}")
    with pytest.raises((ssl.SSLError, ConnectionError, http.client.RemoteDisconnected)):
        tls.post("web01", "web01", other)


@pytest.fixture(scope="module")
def behind_proxy(tmp_path_factory: pytest.TempPathFactory, postgres: None) -> Iterator[Doors]:
    """Doors that believe what a proxy on this machine says."""
    with open_doors(tmp_path_factory.mktemp("proxied"), FLEETVIEW_TRUSTED_PROXIES="127.0.0.1") as doors:
        write_senders(doors.folder / "senders.json", [rule("*")])
        yield doors


@pytest.mark.parametrize("name", ["CN=web01", "CN=web01,O=Example", "/O=Example/CN=web01"])
def test_a_trusted_proxy_tells_who_is_there(behind_proxy: Doors, name: str) -> None:
    headers = {"X-Client-DN": name, "X-Client-Verify": "SUCCESS"}
    assert behind_proxy.post("/pdb/cmd/v1?certname=web01", BODY, headers).status == 200
    assert behind_proxy.post("/pdb/cmd/v1?certname=db01", BODY, headers).status == 403


@pytest.mark.parametrize("verdict", ["NONE", "FAILED:expired", "", "success"])
def test_a_certificate_that_the_proxy_did_not_verify_is_none(behind_proxy: Doors, verdict: str) -> None:
    headers = {"X-Client-DN": "CN=web01", "X-Client-Verify": verdict}
    assert behind_proxy.post("/pdb/cmd/v1?certname=web01", BODY, headers).status == 401
