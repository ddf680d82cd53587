"""The shared corpus of real reports, where the checkout has it beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}: only the project's own samples are tested"
)


def manifest(tool: str) -> dict[str, Any]:
    """The manifest of one tool's part: what was done to each node, and what must follow. Empty without a corpus."""
    path = CORPUS / tool / "manifest.json"
    loaded: dict[str, Any] = json.loads(path.read_text()) if path.is_file() else {}
    return loaded
