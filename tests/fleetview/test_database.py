"""Which PostgreSQL Django talks to."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from fleetview.database import database, named
from fleetview.postgres.place import find_place


def test_a_url_is_read_as_libpq_reads_it() -> None:
    entry = named("postgresql://reports:p%40ss@db.example.net:6432/fleet?sslmode=verify-full&sslrootcert=/etc/ca.pem")
    assert (entry["HOST"], entry["PORT"], entry["NAME"]) == ("db.example.net", "6432", "fleet")
    assert (entry["USER"], entry["PASSWORD"]) == ("reports", "p@ss")
    assert entry["OPTIONS"]["sslmode"] == "verify-full"
    assert entry["OPTIONS"]["sslrootcert"] == "/etc/ca.pem"


@pytest.mark.parametrize(
    "url", ["postgresql://reports@%2Fvar%2Frun%2Fpostgresql/fleet", "postgresql:///fleet?host=/var/run/postgresql"]
)
def test_a_unix_socket_is_a_host(url: str) -> None:
    entry = named(url)
    assert entry["HOST"] == "/var/run/postgresql"
    assert entry["NAME"] == "fleet"


@pytest.mark.parametrize(
    "url", ["mysql://root:hush@db/fleet", "postgresql://reports:hush@db:port:port/fleet?x", "hush"]
)
def test_what_is_no_postgresql_url_is_refused_without_repeating_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="FLEETVIEW_DATABASE_URL") as refused:
        named(url)
    assert "hush" not in str(refused.value)


def test_a_url_has_to_name_the_database() -> None:
    with pytest.raises(ImproperlyConfigured, match="names no database"):
        named("postgresql://reports@db.example.net")


def test_without_a_url_the_embedded_server_is_used(tmp_path: Path) -> None:
    place = find_place(tmp_path)
    assert database("", place)["HOST"] == str(place.socket)


@pytest.mark.django_db
def test_the_driver_is_psycopg2() -> None:
    """Django silently prefers psycopg 3 as soon as some library brings it in."""
    connection.ensure_connection()
    assert type(connection.connection).__module__.startswith("psycopg2.")
    assert importlib.util.find_spec("psycopg") is None
