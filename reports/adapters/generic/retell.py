"""Tell a sample again as another node's, for the demo."""

from __future__ import annotations

import json
from collections.abc import MutableMapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from reports.adapters.contract import Report, Retelling
from reports.errors import UnreadableReport

_NAMESPACE: Final = UUID("2b7f3c0a-5f43-4d0c-8f0e-6f1f0b9d7a55")


def retell(report: Report, retelling: Retelling) -> Report:
    """The report of `retelling.node`; of a list, the first run alone. UnreadableReport for what is no run."""
    try:
        told = json.loads(report.body)
        run = told[0] if isinstance(told, list) else told
        _tell(run, retelling)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError) as error:
        raise UnreadableReport(f"this cannot be told again: {error!r}") from error
    body = json.dumps([run] if isinstance(told, list) else run, separators=(",", ":")).encode()
    return replace(report, body=body, received_at=report.received_at + retelling.shift)


def _tell(run: MutableMapping[str, Any], retelling: Retelling) -> None:
    shifted = retelling.shift / timedelta(seconds=1)
    if run.get("run_id"):
        run["run_id"] = str(uuid5(_NAMESPACE, f"{run['run_id']} {retelling.node} {shifted}"))
    if run.get("machine"):
        run["machine"] = retelling.machine or str(uuid5(_NAMESPACE, retelling.node))
    if retelling.environment is not None:
        run["environment"] = retelling.environment
    run["node"] = retelling.node
    run["started_at"] = _shift(run["started_at"], retelling)
    if run.get("ended_at"):
        run["ended_at"] = _shift(run["ended_at"], retelling)
    for line in run.get("logs", []):
        if line.get("at"):
            line["at"] = _shift(line["at"], retelling)


def _shift(told: str, retelling: Retelling) -> str:
    return (datetime.fromisoformat(told) + retelling.shift).isoformat()
