"""A certificate authority for the length of a test, made with openssl as an operator would."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Authority:
    """Signs certificates into its folder; files are called after the common name."""

    folder: Path

    @property
    def certificate(self) -> Path:
        """What clients and servers trust."""
        return self.folder / "ca.pem"

    def sign(self, name: str, subject: str | None = None) -> tuple[Path, Path]:
        """A certificate for `name`, or for a whole subject, and its key."""
        key, request, signed = (self.folder / f"{name}.{ending}" for ending in ("key", "csr", "pem"))
        _openssl(
            "req", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", request, "-subj", subject or f"/CN={name}"
        )
        names = self.folder / f"{name}.ext"
        names.write_text(f"subjectAltName=DNS:{name},IP:127.0.0.1\n")
        authority = ("-CA", self.certificate, "-CAkey", self.folder / "ca.key", "-CAcreateserial")
        _openssl("x509", "-req", "-in", request, *authority, "-out", signed, "-days", "2", "-extfile", names)
        return signed, key


def make_authority(folder: Path) -> Authority:
    """A new authority of its own name."""
    folder.mkdir(parents=True)
    key, certificate = folder / "ca.key", folder / "ca.pem"
    subject = ("-subj", f"/CN=Test CA {folder.name}", "-addext", "keyUsage=critical,keyCertSign")
    _openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", certificate, *subject
    )
    return Authority(folder)


def _openssl(*arguments: object) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
