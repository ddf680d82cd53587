"""Chef: run messages of the data collector, from Chef Infra Client 12.6 on."""

from __future__ import annotations

from reports.adapters.chef.door import DOOR
from reports.adapters.chef.reader import read
from reports.adapters.chef.retell import retell
from reports.adapters.chef.secrets import redact
from reports.adapters.chef.ways import WAYS
from reports.adapters.contract import Adapter

ADAPTER = Adapter(
    tool="chef",
    label="Chef",
    doors=(DOOR,),
    read=read,
    ways=WAYS,
    retell=retell,
    redact=redact,
    words={"client": "node", "policy_group": "environment", "policy_revision": "code"},
)
