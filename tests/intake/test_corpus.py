"""Every file of the corpus, twice through its door, is its run exactly once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from pytest_django import Settings

from reports.intake import setup
from reports.intake.digest import digest_of
from reports.intake.tables import Refused, Token
from reports.intake.tokens import publish_senders
from reports.store.tables import Run
from tests.corpus import needs_corpus
from tests.intake.corpus_posts import all_posts, chef_run_ids, puppet_run_ids, send
from tests.intake.doors import Doors
from tests.intake.reports import TOKEN

pytestmark = [needs_corpus, pytest.mark.corpus, pytest.mark.django_db]


def test_every_report_sent_twice_is_its_run_once(doors: Doors, drain: Callable[[], None], settings: Settings) -> None:
    settings.FLEETVIEW_RETENTION_DAYS = 36_500  # the published samples are some years old
    Token.objects.create(name="fleet", scope="send", digest=digest_of(TOKEN))  # or the drain would shut it out
    publish_senders(setup.senders_file(), now=datetime.now(UTC))
    posts = all_posts()
    statuses = send(doors, posts)
    wrong = {post.file: statuses[post.file] for post in posts if (statuses[post.file] < 300) != post.is_welcome}
    assert wrong == {}
    drain()
    first = _runs()
    assert len({(node_id, run_id) for node_id, run_id, _ in first}) == len(first)
    assert {str(run_id) for _, run_id, tool in first if tool == "puppet"} == puppet_run_ids()
    assert {str(run_id) for _, run_id, tool in first if tool == "chef"} >= chef_run_ids()
    assert send(doors, posts) == statuses
    drain()
    assert _runs() == first
    assert list(Refused.objects.values_list("door", "reason")) == []


def _runs() -> list[tuple[int, UUID, str]]:
    return sorted(Run.objects.values_list("node_id", "id", "tool"), key=str)
