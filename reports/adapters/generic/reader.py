"""Bytes of our own JSON → Reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from reports.adapters.contract import Reading, Report
from reports.adapters.generic.documents import Body, RunDocument
from reports.adapters.generic.door import SCHEMA_PATH
from reports.adapters.generic.runs import read_inventory, read_run
from reports.errors import UnreadableReport

_decode_body: Final = msgspec.json.Decoder[RunDocument | list[RunDocument]](Body).decode
_decode_parts: Final = msgspec.json.Decoder(list[msgspec.Raw]).decode
_decode_run: Final = msgspec.json.Decoder(RunDocument).decode
_LONGEST_LIST: Final = 1000


def read(report: Report) -> Reading:
    """Read one run or a list of runs; UnreadableReport names the place that is not as the schema says.

    Of a list, a run that is not as the schema says is refused alone.
    """
    try:
        told = _decode_body(report.body)
    except (msgspec.MsgspecError, RecursionError) as error:
        if report.body.lstrip().startswith(b"["):
            return _read_parts(report.body)
        raise _refusal(error) from error
    return _reading(told if isinstance(told, list) else [told])


def _read_parts(body: bytes) -> Reading:
    documents, refusals = [], []
    for index, part in enumerate(_parts(body)):
        try:
            documents.append(_decode_run(part))
        except (msgspec.MsgspecError, RecursionError) as error:
            refusals.append(_refusal(error, f"run {index} of the list: "))
    if not documents:
        raise refusals[0]
    return _reading(documents, refusals)


def _parts(body: bytes) -> Sequence[msgspec.Raw]:
    try:
        parts = _decode_parts(body)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise _refusal(error) from error
    if not 0 < len(parts) <= _LONGEST_LIST:
        raise UnreadableReport(f"a list holds 1 to {_LONGEST_LIST} runs, this one {len(parts)}; send it in parts")
    return parts


def _reading(documents: Sequence[RunDocument], refusals: Sequence[UnreadableReport] = ()) -> Reading:
    inventories = (read_inventory(document) for document in documents)
    return Reading(
        runs=tuple(read_run(document) for document in documents),
        inventories=tuple(inventory for inventory in inventories if inventory),
        refusals=tuple(refusals),
    )


def _refusal(error: Exception, where: str = "") -> UnreadableReport:
    return UnreadableReport(f"{where}{error}; GET /{SCHEMA_PATH} tells what a report looks like")
