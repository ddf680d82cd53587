"""Salt: results of state runs, grains and packages, by every way that Salt itself ships."""

from __future__ import annotations

from reports.adapters.contract import Adapter
from reports.adapters.salt.door import DOOR
from reports.adapters.salt.reader import read
from reports.adapters.salt.retell import retell
from reports.adapters.salt.ways import WAYS

ADAPTER = Adapter(
    tool="salt",
    label="Salt",
    doors=(DOOR,),
    read=read,
    ways=WAYS,
    retell=retell,
    words={"minion": "node", "saltenv": "environment"},
)
