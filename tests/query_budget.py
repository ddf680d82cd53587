"""How many queries each page and endpoint makes: kept in query_counts.json, so that a change of it shows in review."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

COUNTS = Path(__file__).with_name("query_counts.json")


def assert_budget(client: Client, name: str, address: str) -> None:
    """GET the address; the queries made, session and user included, must be as many as the file says for `name`."""
    with CaptureQueriesContext(connection) as made:
        response = client.get(address)
    assert response.status_code == 200
    allowed = json.loads(COUNTS.read_text(encoding="utf-8")).get(name)
    told = "\n".join(query["sql"][:160] for query in made.captured_queries)
    assert len(made) == allowed, f"{name}: {len(made)} queries, {COUNTS.name} says {allowed}:\n{told}"


@contextmanager
def count_queries(number: int) -> Iterator[None]:
    """So many queries are made inside, no more and no fewer."""
    with CaptureQueriesContext(connection) as made:
        yield
    told = "\n".join(query["sql"][:160] for query in made.captured_queries)
    assert len(made) == number, f"{len(made)} queries, not {number}:\n{told}"
