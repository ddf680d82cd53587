"""`python -m reports.adapters.generic.publish`: write the schema to `report.schema.json`, where people look for it."""

from __future__ import annotations

from pathlib import Path

from reports.adapters.generic.schema import text

PATH = Path(__file__).with_name("report.schema.json")

if __name__ == "__main__":
    PATH.write_text(text())
