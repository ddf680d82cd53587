"""Where Django looks for tables; each room keeps its own in `tables.py`."""

from reports.intake.tables import IntakeDay, Refused, Token
from reports.risk.tables import Backtest, NodeRisk
from reports.rollups.tables import (
    FleetEvent,
    FleetHour,
    NodeDay,
    NodeResource,
    NodeResourceDay,
    NodeState,
    ResourceDay,
)
from reports.store.tables import (
    Change,
    DeclaredSet,
    Inventory,
    InventoryChange,
    Node,
    NodeLife,
    Resource,
    ResourceSet,
    Run,
    RunDetail,
    StaleCause,
    StaleDay,
    StaleHour,
)

__all__ = [
    "Backtest",
    "Change",
    "DeclaredSet",
    "FleetEvent",
    "FleetHour",
    "IntakeDay",
    "Inventory",
    "InventoryChange",
    "Node",
    "NodeDay",
    "NodeLife",
    "NodeResource",
    "NodeResourceDay",
    "NodeRisk",
    "NodeState",
    "Refused",
    "Resource",
    "ResourceDay",
    "ResourceSet",
    "Run",
    "RunDetail",
    "StaleCause",
    "StaleDay",
    "StaleHour",
    "Token",
]
