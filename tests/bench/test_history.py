"""The history of a fleet, copied into the weeks before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bench.history import copy, find_copied
from reports.rollups.tables import NodeDay
from reports.store.tables import Change, Run
from tests.api.conftest import keep_small_fleet


@pytest.mark.django_db
def test_a_week_is_copied_once_with_all_its_moments_earlier_and_other_ids_of_runs() -> None:
    keep_small_fleet()
    runs = set(Run.objects.values_list("at", "node_id"))
    ids = Run.objects.values("id").distinct()
    names = ids.count()
    changes, days = Change.objects.count(), NodeDay.objects.count()
    copied = find_copied()
    for _ in range(2):
        copy(copied, 2)
    fortnight = timedelta(weeks=2)
    assert set(Run.objects.values_list("at", "node_id")) == runs | {(at - fortnight, node) for at, node in runs}
    assert ids.count() == 2 * names
    assert Change.objects.count() == 2 * changes
    assert NodeDay.objects.count() == 2 * days
