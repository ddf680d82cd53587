"""What runs declared of the resources in sync: stored once per distinct set, and nothing where nothing is told."""

from __future__ import annotations

import pytest

from reports.run import InSync
from reports.store.ids import declared_id, resource_id
from reports.store.tables import DeclaredSet, ResourceSet, Run
from tests.store.telling import save, tell_run

pytestmark = pytest.mark.django_db

A, B = InSync("File", "/a", "d1"), InSync("File", "/b", None)
OF_A = declared_id(resource_id("File", "/a"), "d1")


def test_a_run_points_to_what_it_declared() -> None:
    save(tell_run(in_sync=(A, B)))
    assert list(DeclaredSet.objects.values_list("id", "declared_ids")) == [(Run.objects.get().declared_set_id, [OF_A])]


def test_the_same_declarations_are_stored_once() -> None:
    save(tell_run("one", in_sync=(A, B)))
    save(tell_run("two", in_sync=(A, B)), tell_run("three", in_sync=(B, A)))
    assert len(set(Run.objects.values_list("declared_set_id", flat=True))) == 1
    assert DeclaredSet.objects.count() == 1


def test_another_state_of_the_same_resources_is_another_set() -> None:
    save(tell_run("one", in_sync=(A, B)), tell_run("two", in_sync=(A._replace(desired="d2"), B)))
    assert (ResourceSet.objects.count(), DeclaredSet.objects.count()) == (1, 2)


def test_a_tool_that_tells_no_states_costs_nothing() -> None:
    save(tell_run(in_sync=(B,)))
    assert Run.objects.get().declared_set_id is None
    assert not DeclaredSet.objects.exists()


def test_a_resource_declared_twice_counts_with_both_states() -> None:
    save(tell_run(in_sync=(A, A._replace(desired="d2"))))
    assert len(DeclaredSet.objects.get().declared_ids) == 2
