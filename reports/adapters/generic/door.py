"""The door for everything that speaks our own JSON; a GET beside it gives the schema."""

from __future__ import annotations

from typing import Final

from reports.adapters.contract import Answer, Credential, Door, StaticAnswer
from reports.adapters.generic.schema import text

SCHEMA_PATH: Final = "api/v1/reports/generic/schema"

DOOR: Final = Door(
    name="generic",
    paths=("api/v1/reports/generic", "api/v1/reports/generic/"),
    credentials=(Credential.BEARER, Credential.BASIC, Credential.QUERY),
    accepted=Answer(202, b'{"accepted": true}'),
    gets=(StaticAnswer(rf"{SCHEMA_PATH}/?", Answer(200, text().encode(), "application/schema+json")),),
)
