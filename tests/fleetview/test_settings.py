"""Settings as a whole: loaded in a process of their own, as a start loads them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def load(data_dir: Path, *names: str, **environment: str) -> dict[str, Any]:
    """Some settings under an environment."""
    script = (
        "import json, sys; from django.conf import settings; "
        "print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))"
    )
    done = _python(data_dir, ["-c", script, *names], environment)
    assert done.returncode == 0, done.stderr
    loaded: dict[str, Any] = json.loads(done.stdout)
    return loaded


def _python(data_dir: Path, arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    ours = ("FLEETVIEW_", "DJANGO_")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    mine = {"DJANGO_SETTINGS_MODULE": "fleetview.settings", "FLEETVIEW_DATA_DIR": str(data_dir), **environment}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=clean | mine, capture_output=True, text=True, check=False)


def test_behind_https_cookies_and_browsers_are_bound_to_it(tmp_path: Path) -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "CSRF_TRUSTED_ORIGINS")
    safe = load(tmp_path, *names, FLEETVIEW_URL="https://fleet.example.net/")
    plain = load(tmp_path, *names)
    assert safe == dict(zip(names, (True, True, 31536000, ["https://fleet.example.net"]), strict=True))
    assert plain == dict(zip(names, (False, False, 0, []), strict=True))


def test_no_slash_is_ever_appended(tmp_path: Path) -> None:
    assert load(tmp_path, "APPEND_SLASH") == {"APPEND_SLASH": False}


def test_the_key_is_kept_in_the_data_folder_or_given(tmp_path: Path) -> None:
    made = load(tmp_path, "SECRET_KEY")
    assert made["SECRET_KEY"] == (tmp_path / "secret_key").read_text().strip()
    assert load(tmp_path, "SECRET_KEY") == made
    assert load(tmp_path, "SECRET_KEY", FLEETVIEW_SECRET_KEY="given") == {"SECRET_KEY": "given"}


def test_a_data_folder_is_made_for_others_to_walk_through_and_not_to_read(tmp_path: Path) -> None:
    load(tmp_path / "new" / "var", "DEBUG")
    assert (tmp_path / "new" / "var").stat().st_mode & 0o777 == 0o711


@pytest.mark.parametrize("given", [{}, {"FLEETVIEW_TLS_CERTIFICATE": "/etc/ssl/fleet.pem"}])
def test_tls_needs_its_certificate_and_key(given: dict[str, str], tmp_path: Path) -> None:
    done = _python(tmp_path, ["-c", "import fleetview.settings"], {"FLEETVIEW_TLS_BIND": "0.0.0.0:8140", **given})
    assert done.returncode == 1
    assert "FLEETVIEW_TLS_BIND needs FLEETVIEW_TLS_CERTIFICATE and FLEETVIEW_TLS_KEY" in done.stderr


def test_django_finds_nothing_to_mend_for_production(tmp_path: Path) -> None:
    https = {"FLEETVIEW_URL": "https://fleet.example.net"}
    done = _python(tmp_path, ["manage.py", "check", "--deploy", "--fail-level=WARNING"], https)
    assert done.returncode == 0, done.stderr
