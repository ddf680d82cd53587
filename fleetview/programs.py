"""The programs that make up a running Fleetview, as the settings want them."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final, cast

from django.conf import settings

from fleetview.children import Child
from fleetview.tls import insist_usable

_PACKAGES_WITH_ASSETS: Final = ("plotly", "django-htmx")
_POSTGRES_PATIENCE = 60.0  # seconds; a checkpoint of a busy server takes some


@dataclass(frozen=True, slots=True)
class Programs:
    """Everything that serve.py starts. `postgres` and `assets` are None where there is nothing to do."""

    data_dir: Path
    bind: str
    tls_bind: str | None
    url: str | None
    postgres: Child | None
    assets: Child | None
    assets_stamp: str
    migrate: Child
    doors: tuple[Child, ...]
    workers: tuple[Child, ...]
    samples: Child

    def assets_done(self) -> None:
        """Remember which static files have been collected, so that the next start need not."""
        _stamp_file().write_text(self.assets_stamp, encoding="utf-8")


def find_programs() -> Programs:
    """What the settings ask for."""
    stamp = _assets_stamp()
    collected = _stamp_file().exists() and _stamp_file().read_text(encoding="utf-8") == stamp
    return Programs(
        data_dir=settings.FLEETVIEW_DATA_DIR,
        bind=settings.FLEETVIEW_BIND,
        tls_bind=settings.FLEETVIEW_TLS_BIND,
        url=settings.FLEETVIEW_URL,
        postgres=None if settings.FLEETVIEW_DATABASE_URL else _postgres(),
        assets=None if collected else _manage("assets", "collectstatic", "--noinput", "--clear", "--verbosity=0"),
        assets_stamp=stamp,
        migrate=Child("migrate", (sys.executable, "-m", "fleetview.migrate"), settings.BASE_DIR),
        doors=_doors(),
        workers=(*_drains(), _manage("schedule", "run_schedule")),
        samples=_manage("demo", "post_samples"),
    )


def _postgres() -> Child:
    command = (sys.executable, "-m", "fleetview.postgres", str(settings.FLEETVIEW_DATA_DIR))
    return Child("postgres", command, settings.BASE_DIR, stop_by=signal.SIGINT, patience=_POSTGRES_PATIENCE)


def _doors() -> tuple[Child, ...]:
    """gunicorn for everybody; and where it is set up, a second one that ends TLS itself and asks for certificates."""
    doors = [_gunicorn("doors", "--bind", settings.FLEETVIEW_BIND)]
    if settings.FLEETVIEW_TLS_BIND:
        doors.append(_gunicorn("doors-tls", "--bind", settings.FLEETVIEW_TLS_BIND, *_tls_options()))
    return tuple(doors)


def _gunicorn(name: str, *options: str) -> Child:
    shared_memory = ["--worker-tmp-dir", "/dev/shm"] if os.access("/dev/shm", os.W_OK) else []  # noqa: S108 - gunicorn's own
    command = (
        sys.executable,
        *("-m", "gunicorn", "fleetview.wsgi:application", "--worker-class", "gthread"),
        *("--workers", str(settings.FLEETVIEW_WORKERS), "--threads", str(settings.FLEETVIEW_THREADS)),
        *("--keep-alive", "30", "--graceful-timeout", "5", "--timeout", "60"),
        *("--limit-request-line", "8190", "--no-control-socket", "--log-level", "warning"),
        *("--forwarded-allow-ips", _trusted_proxies()),
        *shared_memory,
        *options,
    )
    return Child(name, command, settings.BASE_DIR)


def _tls_options() -> tuple[str, ...]:
    certificate = cast("Path", settings.FLEETVIEW_TLS_CERTIFICATE)  # settings.py insists on both
    key = cast("Path", settings.FLEETVIEW_TLS_KEY)
    authority = settings.FLEETVIEW_TLS_CLIENT_CA
    insist_usable(certificate, key, authority)
    asking = ("--ca-certs", str(authority), "--cert-reqs", "1") if authority else ()  # asked for, not insisted on
    return ("--certfile", str(certificate), "--keyfile", str(key), *asking)


def _trusted_proxies() -> str:
    """Whose X-Forwarded-Proto gunicorn believes: nobody's, where no proxy is configured."""
    return ",".join(map(str, settings.FLEETVIEW_TRUSTED_PROXIES)) or "255.255.255.255"


def _drains() -> list[Child]:
    names = ["drain" if number == 0 else f"drain-{number + 1}" for number in range(settings.FLEETVIEW_DRAINS)]
    return [_manage(name, "drain") for name in names]


def _manage(name: str, *arguments: str) -> Child:
    return Child(name, (sys.executable, "manage.py", *arguments), settings.BASE_DIR)


def _stamp_file() -> Path:
    """Inside the collected files, so that it goes when they go."""
    return Path(settings.STATIC_ROOT) / ".collected"


def _assets_stamp() -> str:
    """Changes with every file that would be collected: our own by content, those of packages by their versions."""
    digest = hashlib.sha256("".join(version(package) for package in _PACKAGES_WITH_ASSETS).encode())
    for folder in settings.STATICFILES_DIRS:
        for file in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
            digest.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
