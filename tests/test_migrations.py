"""Migrations: complete, and each with a name that says what it does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command

MIGRATIONS = sorted((Path(__file__).resolve().parent.parent / "reports" / "migrations").glob("[0-9]*.py"))


@pytest.mark.django_db
def test_no_table_differs_from_its_migrations() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def test_every_migration_is_named() -> None:
    assert MIGRATIONS
    automatic = re.compile(r"\d{4}_(auto_|alter_|remove_field|initial)")
    assert [path.name for path in MIGRATIONS if automatic.match(path.name)] == []
