"""Whatever the bytes: a reading or a refusal, and never anything else."""

from __future__ import annotations

import json
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.adapters.contract import Reading
from reports.errors import UnreadableReport
from tests.adapters.salt_results import DIFF, JID, NODE, event, read, state, states

at_leisure = settings(deadline=None)  # a busy machine is no reason to fail

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from([JID, NODE, "a_|-b_|-c_|-d"])
)
NAMES = st.text(max_size=5) | st.sampled_from(
    ["local", "return", "jid", "id", "fun", "fun_args", "tag", "data", "Result", "info", "result", "changes", "name",
     "duration", "start_time", "__run_num__", "__id__", "comment", "warnings", "old", "new", "diff", "_stamp",
     "file_|-a_|-/a_|-managed", "no_|-states_|-states_|-None", "outputter"]
)  # fmt: skip
ANY_JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6), max_leaves=25
)
WHOLE = [
    event(states(state(changes={"diff": DIFF}), state(__id__="b", result=None))),
    {"tag": f"salt/job/{JID}/ret/{NODE}", "data": event(["Rendering SLS failed"])},
    {"local": states(state(result=False))},
    {"jid": JID, NODE: states(state())},
    event({"os": "Debian", "machine_id": "x"}, fun="grains.items"),
]


def read_or_refuse(body: bytes) -> None:
    """Reads, and lets nothing through but a refusal."""
    with suppress(UnreadableReport):
        assert isinstance(read(body, node=NODE), Reading)


@at_leisure
@given(st.binary(max_size=200))
def test_any_bytes(body: bytes) -> None:
    read_or_refuse(body)


@at_leisure
@given(ANY_JSON)
def test_any_json(value: object) -> None:
    read_or_refuse(json.dumps(value).encode())


@at_leisure
@given(st.sampled_from(WHOLE), ANY_JSON, st.data())
def test_result_with_any_one_value_replaced(whole: object, value: object, data: st.DataObject) -> None:
    copy = json.loads(json.dumps(whole))
    spot = copy
    while isinstance(spot, dict) and spot:
        name = data.draw(st.sampled_from(sorted(spot)))
        if not (isinstance(spot[name], dict) and spot[name]) or data.draw(st.booleans()):
            spot[name] = value
            break
        spot = spot[name]
    read_or_refuse(json.dumps(copy).encode())


@at_leisure
@given(st.sampled_from(WHOLE), st.floats(0, 1))
def test_result_cut_short_anywhere(whole: object, share: float) -> None:
    body = json.dumps(whole, indent=4).encode()
    read_or_refuse(body[: int(len(body) * share)])


@at_leisure
@given(st.sampled_from(WHOLE), st.data())
def test_result_with_any_bytes_overwritten(whole: object, data: st.DataObject) -> None:
    body = bytearray(json.dumps(whole).encode())
    for place in data.draw(st.lists(st.integers(0, len(body) - 1), max_size=4)):
        body[place] = data.draw(st.integers(0, 255))
    read_or_refuse(bytes(body))
