"""What holds of a whole run: outcome, dry run, environment, identity, and which copy is the richer one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from reports.errors import UnreadableReport
from reports.run import Counts, Outcome
from tests.adapters.salt_results import DIFF, JID, NODE, RECEIVED, event, read, read_run, state, states

RENDER_ERROR = "Rendering SLS 'base:app' failed: Jinja variable 'nope' is undefined; line 3"


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        ([RENDER_ERROR], RENDER_ERROR),
        (["Pillar failed to render", "two"], "Pillar failed to render\ntwo"),
        (['The function "state.apply" is running as PID 1'], 'The function "state.apply" is running as PID 1'),
        ("The minion function caused an exception: Traceback", "The minion function caused an exception: Traceback"),
        ({}, "no state at all"),
        ([], "no state at all"),
        (None, "no state at all"),
        (17, "17"),
    ],
)
def test_result_without_states_is_a_failed_run_that_says_why(returned: object, message: str) -> None:
    body = event(returned) | {"return": returned}
    run = read_run(body)
    assert (run.outcome, run.resources, run.counts) == (Outcome.FAILED, (), Counts())
    assert run.message is not None
    assert message in run.message
    assert run.logs[0].message == run.message


@pytest.mark.parametrize("returned", [[RENDER_ERROR], {}, "The minion function caused an exception: x"])
def test_bare_salt_call_that_fails_is_known_without_its_function(returned: object) -> None:
    assert read_run({"local": returned}, node=NODE).outcome is Outcome.FAILED


def test_result_of_which_the_master_left_nothing_is_refused() -> None:
    with pytest.raises(UnreadableReport, match="max_event_size"):
        read(event("VALUE_TRIMMED"))


def test_missing_top_file_is_the_message_of_the_run() -> None:
    pseudo = {"result": False, "comment": "No Top file or master_tops data matches found.", "name": "No States",
              "changes": {}, "__run_num__": 0}  # fmt: skip
    run = read_run(event({"no_|-states_|-states_|-None": pseudo}))
    assert (run.outcome, run.message) == (Outcome.FAILED, "No Top file or master_tops data matches found.")


@pytest.mark.parametrize(
    ("fields", "is_noop"),
    [
        ({"fun_args": ["app", "test=True"]}, True),
        ({"fun_args": [{"__kwarg__": True, "test": True}]}, True),
        ({"fun": "state.test"}, True),
        ({"fun_args": ["app", "test=False"]}, False),
        ({"fun_args": "odd"}, False),
        ({}, False),
    ],
)
def test_clean_dry_run_is_known_by_its_arguments(fields: dict[str, Any], is_noop: bool) -> None:
    run = read_run(event(states(state()), **fields))
    assert (run.noop, run.outcome) == (is_noop, Outcome.UNCHANGED)


@pytest.mark.parametrize(
    ("arguments", "in_url", "environment"),
    [
        ([{"__kwarg__": True, "saltenv": "dev", "pillarenv": "qa"}], "", "dev"),
        (["app", "pillarenv=qa"], "", "qa"),
        (["app", "saltenv=dev"], "production", "production"),
        (["app"], "", None),
    ],
)
def test_environment_is_what_the_url_or_the_arguments_say(
    arguments: list[object], in_url: str, environment: str | None
) -> None:
    assert read_run(event(states(state()), fun_args=arguments), environment=in_url).environment == environment


def test_code_version_comes_from_the_url_alone() -> None:
    assert read_run(event(states(state())), code_version="4f2a91c").code_version == "4f2a91c"
    assert read_run(event(states(state()))).code_version is None


def test_identity_follows_from_node_and_job() -> None:
    first = read_run(event(states(state())))
    assert first.run_id == read_run(event([RENDER_ERROR], _stamp=None)).run_id
    assert first.run_id != read_run(event(states(state()), id="other")).run_id
    assert first.run_id != read_run(event(states(state()), jid=JID.replace("1945", "1946"))).run_id


def test_bare_result_posted_twice_is_one_run() -> None:
    body = {"local": states(state())}
    once, soon, late = (read_run(body, node=NODE, at=RECEIVED + timedelta(seconds=late)) for late in (-28, -20, 40))
    assert (once.run_id, once.started_at) == (soon.run_id, soon.started_at)
    assert once.run_id == late.run_id


def test_equal_complaints_at_different_times_are_different_runs() -> None:
    body = {"local": [RENDER_ERROR]}
    once, again = (read_run(body, node=NODE, at=RECEIVED + timedelta(minutes=late)) for late in (0, 30))
    assert once.run_id != again.run_id
    assert once.run_id == read_run(body, node=NODE).run_id


def test_richer_copy_is_the_untrimmed_then_the_stamped_one() -> None:
    stamped = read_run(event(states(state(changes={"diff": DIFF}))))
    returner = read_run(event(states(state(changes={"diff": DIFF})), _stamp=None))
    trimmed = read_run(event(states(state(changes={"diff": "VALUE_TRIMMED"}))))
    bare = read_run({"local": states(state())}, node=NODE, jid=JID)
    assert stamped.richness > returner.richness > trimmed.richness
    assert returner.richness > bare.richness


def test_two_nodes_of_one_job_are_two_runs() -> None:
    reading = read([event(states(state()), id=node) for node in ("a", "b")])
    assert len({run.run_id for run in reading.runs}) == 2
