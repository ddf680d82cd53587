"""Generic: our own JSON, for every tool that has no adapter of its own."""

from __future__ import annotations

from reports.adapters.contract import Adapter
from reports.adapters.generic.door import DOOR
from reports.adapters.generic.reader import read
from reports.adapters.generic.retell import retell
from reports.adapters.generic.sensitive import redact
from reports.adapters.generic.ways import WAYS

ADAPTER = Adapter(
    tool="generic", label="Any other tool", doors=(DOOR,), read=read, ways=WAYS, retell=retell, redact=redact
)
