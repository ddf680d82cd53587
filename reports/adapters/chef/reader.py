"""Bytes of Chef's data collector → Reading."""

from __future__ import annotations

from reports.adapters.chef.inventory import read_inventory
from reports.adapters.chef.messages import Kind, documents, kind_of, read_run
from reports.adapters.chef.runs import read_converge, read_start
from reports.adapters.contract import Reading, Report
from reports.errors import UnreadableReport


def read(report: Report) -> Reading:
    """Read one message, or a file of `output_locations` with one a line; UnreadableReport where nothing can be read.

    In such a file a line that cannot be read is refused alone: Chef may be writing the last one.
    """
    version = report.headers.get("x-chef-version")
    lines = documents(report.body)
    if len(lines) == 1:
        return _read_message(lines[0], version)
    readings, refusals = [], []
    for number, line in enumerate(lines, start=1):
        try:
            readings.append(_read_message(line, version))
        except UnreadableReport as refusal:
            refusals.append(UnreadableReport(f"line {number}: {refusal}"))
    if not readings:
        raise refusals[0]
    return Reading(
        runs=tuple(run for reading in readings for run in reading.runs),
        inventories=tuple(inventory for reading in readings for inventory in reading.inventories),
        ignored=next((reading.ignored for reading in readings if reading.ignored), None),
        refusals=tuple(refusals),
    )


def _read_message(document: bytes, version: str | None) -> Reading:
    match kind_of(document):
        case Kind.RUN_START:
            return Reading(runs=(read_start(read_run(document), version),))
        case Kind.RUN_CONVERGE:
            return _read_converge(document, version)
        case Kind.UNKNOWN:
            raise UnreadableReport("message type not found: neither a run message nor any other that Chef sends here")
        case other:
            return Reading(ignored=f"{other.value}, not a run")


def _read_converge(document: bytes, version: str | None) -> Reading:
    message = read_run(document)
    run = read_converge(message, version)
    inventory = read_inventory(message, run)
    return Reading(runs=(run,), inventories=(inventory,) if inventory else ())
