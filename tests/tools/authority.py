"""A throw-away authority for certificates, laid out as config tools expect theirs."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

_SETTINGS = """\
[ca]
default_ca = ours
[ours]
database = {folder}/index.txt
crlnumber = {folder}/crlnumber
default_md = sha256
default_crl_days = 2
"""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate and its key, as files."""

    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Authority:
    """Signs certificates that are good on this machine for two days."""

    folder: Path

    @property
    def certificate(self) -> Path:
        """Its own certificate."""
        return self.folder / "ca.pem"

    @property
    def revocations(self) -> Path:
        """Its list of revoked certificates, which is empty."""
        return self.folder / "crl.pem"

    def issue(self, name: str) -> Certificate:
        """A certificate for this name, good for both ends of a connection on this machine."""
        issued = Certificate(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        request, extensions = self.folder / f"{name}.csr", self.folder / f"{name}.ext"
        extensions.write_text(f"subjectAltName=DNS:{name},DNS:localhost,IP:127.0.0.1\n")
        new_key = ("-newkey", "rsa:2048", "-nodes", "-keyout", str(issued.key))
        _openssl("req", *new_key, "-out", str(request), "-subj", f"/CN={name}")
        signer = ("-CA", str(self.certificate), "-CAkey", str(self.folder / "ca.key"), "-CAcreateserial")
        named = ("-in", str(request), "-out", str(issued.certificate), "-extfile", str(extensions))
        _openssl("x509", "-req", "-days", "2", *signer, *named)
        return issued


def make_authority(folder: Path) -> Authority:
    """A new authority that keeps its files in this folder."""
    folder.mkdir()
    authority = Authority(folder)
    new_key = ("-newkey", "rsa:2048", "-nodes", "-keyout", str(folder / "ca.key"))
    may = ("-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign")
    subject = ("-subj", "/CN=Throw-away CA", "-days", "2", "-out", str(authority.certificate))
    _openssl("req", "-x509", *new_key, *may, *subject)
    (folder / "index.txt").touch()
    (folder / "crlnumber").write_text("01\n")
    (folder / "ca.cnf").write_text(_SETTINGS.format(folder=folder))
    signer = ("-keyfile", str(folder / "ca.key"), "-cert", str(authority.certificate))
    _openssl("ca", "-config", str(folder / "ca.cnf"), "-gencrl", *signer, "-out", str(authority.revocations))
    return authority


def _openssl(*arguments: str) -> None:
    ran = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
