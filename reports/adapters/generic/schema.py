"""The JSON Schema (draft 2020-12) of a report, made from the classes that read it. `publish.py` writes it to a file."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from reports.adapters.generic.documents import Body


def schema() -> dict[str, Any]:
    """The schema of a body: one run, or a list of runs."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Run report",
        "description": "One run of any configuration tool on one node, or a list of runs.",
        **msgspec.json.schema(Body),
    }


def text() -> str:
    """The schema as it is published."""
    return json.dumps(schema(), indent=2) + "\n"
