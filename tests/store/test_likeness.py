"""The same change on different nodes is known by one number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.run import Status
from reports.store.likeness import likeness
from tests.store.telling import tell_change, tell_run

RESOURCE = tell_change(old="x", new="y", corrective=None)
(CHANGE,) = RESOURCE.changes
RUN = tell_run()
LIKENESS = likeness("main", RUN, RESOURCE, CHANGE)


def test_the_same_change_on_another_node_is_alike() -> None:
    assert likeness("main", replace(RUN, node="web2"), RESOURCE, CHANGE) == LIKENESS


def test_whether_it_succeeded_makes_no_difference() -> None:
    assert likeness("main", RUN, RESOURCE, CHANGE._replace(status=Status.FAILED)) == LIKENESS


@pytest.mark.parametrize(
    "other",
    [
        likeness("lab", RUN, RESOURCE, CHANGE),
        likeness("main", replace(RUN, environment="staging"), RESOURCE, CHANGE),
        likeness("main", RUN, RESOURCE._replace(title="/etc/issue"), CHANGE),
        likeness("main", RUN, RESOURCE._replace(desired="d"), CHANGE),
        likeness("main", RUN, RESOURCE._replace(found="d"), CHANGE),
        likeness("main", RUN, RESOURCE, CHANGE._replace(property="mode")),
        likeness("main", RUN, RESOURCE, CHANGE._replace(old="z")),
        likeness("main", RUN, RESOURCE, CHANGE._replace(new=None)),
    ],
)
def test_whatever_else_differs_makes_it_another_change(other: int | None) -> None:
    assert other not in (None, LIKENESS)


@pytest.mark.parametrize("more", [{"triggered": True}, {"status": Status.SKIPPED}, {"corrective": True}])
def test_what_says_nothing_of_its_own_has_no_companions(more: dict[str, object]) -> None:
    assert likeness("main", RUN, RESOURCE, CHANGE._replace(**more)) is None  # type: ignore[arg-type]


def test_names_run_together_are_not_alike() -> None:
    run_together = RESOURCE._replace(type="Fil", title="e/etc/motd")
    assert likeness("main", RUN, run_together, CHANGE) != LIKENESS
