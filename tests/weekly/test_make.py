"""Making what was ordered: with the eyes of who asked, once, whatever dies on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connections

from reports.errors import BadQuestion, NothingFound
from reports.people.sight import seeing, sight_of
from reports.people.tables import Group
from reports.people.visible_nodes import recount_visible_nodes
from reports.weekly.archive import BriefFilter, find_brief, list_briefs, prune_briefs
from reports.weekly.claims import Claimed, claim
from reports.weekly.documents import Documents
from reports.weekly.files import find_document
from reports.weekly.make import MOST_BYTES, MOST_TRIES, make_next
from reports.weekly.orders import MOST_OPEN, Asker, order_again, order_weekly
from reports.weekly.paper import Paper
from reports.weekly.scope import FLEET, of_environment, of_query
from reports.weekly.tables import Brief, BriefFile
from reports.weekly.week import IsoWeek
from tests.api.conftest import NOW, keep_small_fleet
from tests.weekly.press import PRINTED, QuickPress

WEEK = IsoWeek.of(NOW).before
ANY = BriefFilter()


def part_of(environment: str, name: str) -> Asker:
    """Somebody who sees the nodes of one environment."""
    user = User.objects.create_user(name)
    group, _ = Group.objects.get_or_create(name=environment, environments=[environment])
    group.members.add(user)
    recount_visible_nodes(NOW)
    return Asker(name, sight_of(user))


@pytest.mark.django_db
def test_a_brief_is_made_and_kept_with_its_documents(ada: Asker) -> None:
    press = QuickPress()
    key = order_weekly(ada, of_environment("production"), WEEK, Paper.LETTER, NOW)
    assert (make_next(NOW, press) or "").startswith(f"made brief {key} ")
    assert press.asked == [(of_environment("production"), str(WEEK), Paper.LETTER, NOW)]
    line = find_brief(key)
    assert (line.state, line.per_cent, line.pages, line.version) == ("made", 100, 7, "0.1.0")
    assert (line.headline, line.lines, line.asked_by) == (PRINTED.headline, PRINTED.lines, "ada")
    assert line.made_at is not None and NOW <= line.made_at < NOW + timedelta(minutes=1)
    document = find_document(key, "pdf")
    assert (document.body, document.name) == (PRINTED.pdf, f"fleetview-{WEEK}-production.pdf")
    assert find_document(key, "csv").name.endswith(".csv.zip")
    assert make_next(NOW, press) is None


@pytest.mark.django_db
def test_a_part_of_the_fleet_is_gathered_for_who_sees_a_part() -> None:
    keep_small_fleet()
    asker, press = part_of("staging", "vera"), QuickPress()
    with seeing(asker.sight):
        key = order_weekly(asker, FLEET, WEEK, Paper.A4, NOW)
    make_next(NOW, press)
    assert press.nodes == [["web-2"]]
    assert find_brief(key).is_part


@pytest.mark.django_db
def test_the_archive_shows_who_sees_a_part_what_it_asked_for_while_it_is_in_the_group(ada: Asker) -> None:
    vera, mate = part_of("staging", "vera"), part_of("staging", "mate")
    for asker in (ada, vera, mate):
        with seeing(asker.sight):
            order_weekly(asker, FLEET, WEEK, Paper.A4, NOW)
    while make_next(NOW, QuickPress()):
        pass
    with seeing(ada.sight):
        assert {line.asked_by for line in list_briefs(ANY, cursor=None, limit=9).rows} == {"ada", "vera", "mate"}
    with seeing(vera.sight):
        (line,) = list_briefs(ANY, cursor=None, limit=9).rows
        assert line.asked_by == "vera"
        assert find_document(line.id, "pdf").body == PRINTED.pdf
        with pytest.raises(NothingFound):
            find_document(Brief.objects.exclude(pk=line.id).values_list("pk", flat=True).first() or 0, "pdf")
    moved = User.objects.get(username="vera")
    moved.fleet_groups.set([Group.objects.create(name="elsewhere")])
    with seeing(sight_of(moved)):
        assert list_briefs(ANY, cursor=None, limit=9).rows == ()
    with pytest.raises(NothingFound), seeing(vera.sight):
        find_document(Brief.objects.get().pk + 1, "pdf")


@pytest.mark.django_db
def test_what_was_asked_for_with_eyes_for_everything_is_not_seen_with_fewer() -> None:
    user = User.objects.create_user("vera")
    with seeing(sight_of(user)):
        order_weekly(Asker("vera", sight_of(user)), FLEET, WEEK, Paper.A4, NOW)
    Group.objects.create(name="one").members.add(user)
    with seeing(sight_of(user)):
        assert list_briefs(ANY, cursor=None, limit=9).rows == ()


@pytest.mark.django_db
def test_the_same_order_twice_is_one_brief_and_nobody_orders_without_end(ada: Asker) -> None:
    key = order_weekly(ada, FLEET, WEEK, Paper.A4, NOW)
    assert order_weekly(ada, FLEET, WEEK, Paper.A4, NOW) == key
    for number in range(1, MOST_OPEN):
        order_weekly(ada, of_query(f"name:web-{number}"), WEEK, Paper.A4, NOW)
    with pytest.raises(BadQuestion, match="You wait for 5 briefs"):
        order_weekly(ada, FLEET, WEEK, Paper.LETTER, NOW)


@pytest.mark.django_db
def test_a_week_that_has_not_begun_is_not_ordered(ada: Asker) -> None:
    with pytest.raises(BadQuestion, match="has not begun"):
        order_weekly(ada, FLEET, IsoWeek.of(NOW).after, Paper.A4, NOW)
    assert order_weekly(ada, FLEET, IsoWeek.of(NOW), Paper.A4, NOW)


@pytest.mark.django_db
def test_what_cannot_be_made_says_why_and_can_be_ordered_again(ada: Asker) -> None:
    key = order_weekly(ada, FLEET, WEEK, Paper.A4, NOW)
    assert (
        make_next(NOW, QuickPress(problem=BadQuestion("q: means nothing"))) == f"brief {key} failed: q: means nothing"
    )
    assert (find_brief(key).state, find_brief(key).error) == ("failed", "q: means nothing")
    assert make_next(NOW, QuickPress()) is None
    order_again(key)
    make_next(NOW, QuickPress())
    assert (find_brief(key).state, find_brief(key).error) == ("made", "")
    with pytest.raises(NothingFound):
        order_again(key)


@pytest.mark.django_db
def test_a_brief_that_is_too_large_is_not_kept(ada: Asker) -> None:
    order_weekly(ada, FLEET, WEEK, Paper.A4, NOW)
    large = Documents(bytes(MOST_BYTES + 1), b"", b"", 1, "", (), "")
    assert "more than the 32 MiB" in (make_next(NOW, QuickPress(printed=large)) or "")
    assert not BriefFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_a_dead_process_left_is_made_again_and_given_up_in_the_end() -> None:
    key = order_weekly(Asker("ada", sight_of(User.objects.create_user("ada"))), FLEET, WEEK, Paper.A4, NOW)
    for _ in range(MOST_TRIES):
        with pytest.raises(ZeroDivisionError):  # stands for whatever ends a process
            make_next(NOW, QuickPress(problem=ZeroDivisionError()))
        assert find_brief(key).state == "being made"
    assert "begun 3 times and never ended" in (make_next(NOW, QuickPress()) or "")
    order_again(key)
    assert (make_next(NOW, QuickPress()) or "").startswith("made")


@pytest.mark.django_db(transaction=True)
def test_what_somebody_is_busy_with_is_left_to_them() -> None:
    asker = Asker("ada", sight_of(User.objects.create_user("ada")))
    first = order_weekly(asker, FLEET, WEEK, Paper.A4, NOW)
    second = order_weekly(asker, FLEET, WEEK, Paper.LETTER, NOW + timedelta(seconds=1))
    with claim(Claimed.BRIEF, first) as ours, claim(Claimed.BRIEF, first) as theirs:
        assert ours and not theirs
        make_next(NOW, QuickPress())
        assert (find_brief(first).state, find_brief(second).state) == ("waiting", "made")
    make_next(NOW, QuickPress())
    assert find_brief(first).state == "made"


@pytest.mark.django_db(transaction=True)
def test_how_far_it_is_can_be_seen_from_elsewhere_while_it_is_made() -> None:
    """Even from within the transaction in which a part of the fleet is looked at."""
    keep_small_fleet()
    asker = part_of("staging", "vera")
    key, seen = order_weekly(asker, FLEET, WEEK, Paper.A4, NOW), []

    class Watched(QuickPress):
        def _print(self, tell, *asked):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN202
            printed = super()._print(tell, *asked)
            elsewhere = connections.create_connection("default")
            with elsewhere.cursor() as cursor:
                cursor.execute("SELECT state, per_cent, doing FROM brief WHERE id = %s", [key])
                seen.append(cursor.fetchone())
            elsewhere.close()
            return printed

    make_next(NOW, Watched())
    assert seen == [("being made", 40, "counting what was put right")]


@pytest.mark.django_db
def test_old_briefs_are_dropped_with_their_documents(ada: Asker) -> None:
    order_weekly(ada, FLEET, IsoWeek.parse("2024-W40"), Paper.A4, NOW - timedelta(days=731))
    make_next(NOW, QuickPress())
    new = order_weekly(ada, FLEET, WEEK, Paper.A4, NOW)
    assert prune_briefs(NOW) == 1
    assert list(Brief.objects.values_list("pk", flat=True)) == [new]
    assert not BriefFile.objects.exists()
