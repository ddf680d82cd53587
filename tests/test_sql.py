"""Every statement in a .sql file is one that PostgreSQL can plan, that says what it is for, and that somebody runs."""

from __future__ import annotations

import ast
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from reports.sql import load

REPORTS = Path(__file__).resolve().parent.parent / "reports"
FILES = sorted(REPORTS.glob("*/sql/*.sql"))
NAMES = [f"{file.parent.parent.name}/{file.stem}" for file in FILES]
MOMENT = datetime(2026, 11, 23, tzinfo=UTC)

# A value for each parameter that no cast in the statement tells the type of.
PLAIN: dict[str, Any] = {
    "epoch": MOMENT,
    "since": MOMENT,
    "until": MOMENT,
    "half_life_seconds": 604800.0,
    "most": 10,
    "limit": 10,
    "token_id": 1,
    "organization": "word",
    "environment": "word",
    "is_backward": False,
}
BY_TYPE: dict[str, Any] = {
    "bigint[]": [1],
    "integer[]": [1],
    "text[]": ["run"],
    "uuid[]": ["00000000-0000-0000-0000-000000000001"],
    "uuid": "00000000-0000-0000-0000-000000000001",
    "date[]": [date(2026, 11, 23)],
    "timestamptz[]": [MOMENT],
    "timestamptz": MOMENT,
    "interval": timedelta(days=1),
    "double precision": 1.0,
    "double precision[]": [1.0],
    "date": date(2026, 11, 23),
    "text": "word",
    "bigint": 1,
    "integer": 1,
    "boolean": True,
    "double": 1.0,
}


def statement_of(file: Path) -> str:
    """The text of a file of SQL, by the way that rooms load it."""
    return load(str(file.parent.parent / "any.py"), file.stem)


def parameters_of(statement: str) -> dict[str, Any]:
    """A value for every parameter, of the type that the statement casts it to."""
    values = {}
    for name in set(re.findall(r"%\((\w+)\)s", statement)):
        cast = re.search(rf"%\({name}\)s::([a-z]+(?: precision)?(?:\[\])?)", statement)
        values[name] = BY_TYPE[cast[1]] if cast else PLAIN[name]
    return values


def strings_of(path: Path) -> set[str]:
    """All texts that stand in a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@pytest.mark.django_db
@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_statement_can_be_planned(file: Path) -> None:
    statement = statement_of(file)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statement}", parameters_of(statement))
        assert cursor.fetchall()


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_statement_is_run_by_its_room(file: Path) -> None:
    room = file.parent.parent
    assert file.stem in set().union(*(strings_of(module) for module in room.glob("*.py")))


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_statement_says_what_it_asks_and_which_index_it_leans_on(file: Path) -> None:
    header = [line for line in statement_of(file).splitlines() if line.startswith("--")]
    assert len(header) >= 2
    assert any("Parameters" in line for line in header)
    assert any("Index: " in line for line in header)


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_file_holds_one_statement_with_named_parameters(file: Path) -> None:
    bare = re.sub(r"--.*", "", statement_of(file))
    assert ";" not in bare
    assert not re.search(r"%s|%\(\w+\)(?!s)", bare)
