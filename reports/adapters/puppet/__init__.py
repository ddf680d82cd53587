"""Puppet: run reports and facts, by its own `http` processor (YAML) and by PuppetDB commands (JSON)."""

from __future__ import annotations

from reports.adapters.contract import Adapter
from reports.adapters.puppet.doors import HTTP, PUPPETDB
from reports.adapters.puppet.reader import read
from reports.adapters.puppet.retell import retell
from reports.adapters.puppet.ways import WAYS

# Puppet replaces Sensitive values itself before it reports them, so the bytes may be kept as they came.
ADAPTER = Adapter(
    tool="puppet",
    label="Puppet",
    doors=(HTTP, PUPPETDB),
    read=read,
    ways=WAYS,
    retell=retell,
    words={"certname": "node", "agent": "node", "config_version": "code"},
)
