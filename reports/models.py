"""Where Django looks for tables; each room keeps its own in `tables.py`."""

from reports.intake.tables import IntakeDay, Refused, Token
from reports.rollups.tables import FleetHour, NodeDay, NodeResource, NodeResourceDay, NodeState, ResourceDay
from reports.store.tables import (
    Change,
    Inventory,
    InventoryChange,
    Node,
    NodeLife,
    Resource,
    ResourceSet,
    Run,
    RunDetail,
    StaleDay,
    StaleHour,
)

__all__ = [
    "Change",
    "FleetHour",
    "IntakeDay",
    "Inventory",
    "InventoryChange",
    "Node",
    "NodeDay",
    "NodeLife",
    "NodeResource",
    "NodeResourceDay",
    "NodeState",
    "Refused",
    "Resource",
    "ResourceDay",
    "ResourceSet",
    "Run",
    "RunDetail",
    "StaleDay",
    "StaleHour",
    "Token",
]
