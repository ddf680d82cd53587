"""Who sees what: the views of the schema `visible`, and that nobody looks past them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import ProgrammingError, connection, transaction

from reports.people.backend import find_person
from reports.people.roles import Role
from reports.people.sight import Sight, is_seeing_a_part, seeing, seeing_nodes, sight_of
from reports.people.tables import Group, Note, Person, VisibleNode
from reports.people.visible_nodes import recount_visible_nodes
from reports.rollups.tables import FleetHour, NodeDay, NodeState, ResourceDay, ResourceState
from reports.store.tables import Change, Node, Resource, Run
from tests.api.conftest import keep_small_fleet

NOW = datetime.now(UTC)

# Tables without a view: they do not exist for who sees a part of the fleet. Why that is right:
LEFT_OUT = {
    "auth_group": "not used: roles and groups are our own",
    "auth_group_permissions": "not used",
    "auth_permission": "not used",
    "auth_user_groups": "not used",
    "auth_user_user_permissions": "not used",
    "django_content_type": "only migrations ask it",
    "django_migrations": "only migrations ask it",
    "declared_set": "only the drain asks it",
    "stale_day": "only the drain asks it",
    "stale_hour": "only the drain asks it",
    "stale_cause": "only the drain asks it",
    "brief_schedule": "for admins, who see all; the schedule itself makes what is due",
    "account_emailaddress": "asked only while somebody signs in, before anything is seen",
    "account_emailconfirmation": "not used",
    "socialaccount_socialaccount": "asked only while somebody signs in",
    "socialaccount_socialapp": "not used",
    "socialaccount_socialtoken": "not used",
}


def columns_of(schema: str) -> dict[str, list[str]]:
    """Tables and views of a schema, partitions left out, with their columns in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, array_agg(attname::text ORDER BY attname) FROM pg_class"
            " JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped"
            " WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'p', 'v') AND NOT relispartition GROUP BY 1",
            [schema],
        )
        return dict(cursor.fetchall())


@pytest.mark.django_db
def test_every_table_has_a_view_or_a_reason_to_have_none() -> None:
    assert columns_of("public").keys() == columns_of("visible").keys() | LEFT_OUT.keys()
    assert not columns_of("visible").keys() & LEFT_OUT.keys()


@pytest.mark.django_db
def test_every_view_has_the_columns_of_its_table() -> None:
    """A column that was added to a table: make its view again, as docs/decisions/visibility.md says."""
    tables = columns_of("public")
    assert {name: columns for name, columns in columns_of("visible").items() if columns != tables[name]} == {}


@pytest.mark.django_db
def test_every_table_of_ours_is_looked_for() -> None:
    assert {model._meta.db_table for model in apps.get_models(include_auto_created=True)} <= columns_of("public").keys()


def somebody(name: str = "ada", *groups: Group, role: Role = Role.VIEWER) -> User:
    """A login in these groups, as each request finds it."""
    user = User.objects.create_user(name)
    Person.objects.create(user=user, role=role)
    for group in groups:
        group.members.add(user)
    found = find_person(user.pk)
    assert found
    return found


def group_of(*environments: str, name: str = "shop", sees_all: bool = False) -> Group:
    """A saved group that sees these environments."""
    group = Group.objects.create(name=name, environments=list(environments), sees_all=sees_all)
    recount_visible_nodes(NOW)
    return group


@pytest.fixture
def fleet(db: None) -> None:
    """Production, with web-1, rack, quiet and new in it; and staging, which is web-2."""
    keep_small_fleet()


@pytest.mark.usefixtures("fleet")
def test_who_is_in_no_group_and_who_is_an_admin_sees_all() -> None:
    group = group_of("staging")
    assert sight_of(somebody("free")).sees_all
    assert sight_of(somebody("boss", group, role=Role.ADMIN)).sees_all
    assert sight_of(somebody("wide", group, group_of(name="all", sees_all=True))).sees_all
    assert sight_of(somebody("narrow", group)) == Sight(User.objects.get(username="narrow").pk, False, (group.pk,))


@pytest.mark.usefixtures("fleet")
def test_a_user_who_was_loaded_by_any_other_way_sees_no_more() -> None:
    somebody("narrow", group_of("staging"))
    assert not sight_of(User.objects.get(username="narrow")).sees_all


@pytest.mark.usefixtures("fleet")
def test_groups_add_up() -> None:
    user = somebody("ada", group_of("staging"), group_of("production", name="more"))
    with seeing(sight_of(user)):
        assert NodeState.objects.count() == 6
    with seeing(sight_of(somebody("eve", Group.objects.get(name="shop")))):
        assert [state.name for state in NodeState.objects.all()] == ["web-2"]


@pytest.mark.usefixtures("fleet")
def test_a_group_of_nothing_sees_nothing() -> None:
    with seeing(sight_of(somebody("ada", group_of()))):
        assert [model.objects.count() for model in (Node, NodeState, Run, Change, Resource, FleetHour)] == [0] * 6


@pytest.mark.usefixtures("fleet")
def test_afterwards_everything_is_as_before() -> None:
    sight = sight_of(somebody("ada", group_of("staging")))
    for error in (None, ValueError):
        with pytest.raises(ValueError) if error else seeing(sight), seeing(sight):
            assert Node.objects.count() == 1
            if error:
                raise error
        assert Node.objects.count() == 6


@pytest.mark.usefixtures("fleet")
def test_a_table_without_a_view_does_not_exist() -> None:
    with (
        pytest.raises(ProgrammingError, match="does not exist"),
        seeing(sight_of(somebody("ada", group_of("staging")))),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM stale_day")


@pytest.mark.usefixtures("fleet")
def test_a_note_can_be_written_on_what_is_seen_alone() -> None:
    seen, hidden = Node.objects.get(name="web-2"), Node.objects.get(name="quiet")
    Note.objects.create(node_id=hidden.pk, text="secret", owner_name="eve")
    with seeing(sight_of(somebody("ada", group_of("staging")))):
        Note.objects.create(node_id=seen.pk, text="known", owner_name="ada")
        assert [note.text for note in Note.objects.all()] == ["known"]
        with pytest.raises(ProgrammingError, match="check option"), transaction.atomic():
            Note.objects.create(node_id=hidden.pk, text="mine", owner_name="ada")


@pytest.mark.usefixtures("fleet")
def test_for_who_sees_every_node_the_counts_are_those_of_the_fleet() -> None:
    """Counted from nodes, they come to what the rollups of the fleet say: by days, where hours are not kept."""
    user = somebody("ada", group_of("staging", "production"))
    whole = counts()
    with seeing(sight_of(user)):
        assert counts() == whole


def counts() -> dict[str, object]:
    runs: dict[tuple[object, ...], int] = {}
    corrections = 0
    for hour in FleetHour.objects.all():
        key = (hour.hour.date(), hour.site, hour.environment, hour.outcome)
        runs[key] = runs.get(key, 0) + hour.runs
        corrections += hour.corrections
    days = ResourceDay.objects.order_by("resource_id", "day", "environment")
    states = ResourceState.objects.order_by("resource_id")
    return {
        "runs": runs,
        "corrections": corrections,
        "days": [(d.resource_id, d.day, d.environment, d.nodes, d.corrected_nodes, d.changes) for d in days],
        "states": [(s.resource_id, s.corrections, round(s.heat, 6)) for s in states],
        "node days": NodeDay.objects.count(),
    }


@pytest.mark.django_db
def test_looking_at_some_nodes_counts_all_from_them_alone_and_leaves_nothing_behind() -> None:
    keep_small_fleet()
    web = set(NodeState.objects.filter(name="web-1").values_list("node_id", flat=True))
    groups = VisibleNode.objects.count()
    with seeing_nodes(web):
        assert is_seeing_a_part()
        assert set(NodeState.objects.values_list("node_id", flat=True)) == web
        assert set(Change.objects.values_list("node_id", flat=True)) == web
        with seeing_nodes(list(web)[:1]):
            assert NodeState.objects.count() == 1
        assert NodeState.objects.count() == 2
    assert not is_seeing_a_part()
    assert NodeState.objects.count() > 2
    assert VisibleNode.objects.count() == groups


@pytest.mark.django_db
def test_looking_at_some_nodes_of_a_part_leaves_the_part_as_it_was() -> None:
    keep_small_fleet()
    group = Group.objects.create(name="production", environments=["production"])
    recount_visible_nodes(NOW)
    with seeing(Sight(person=None, sees_all=False, groups=(group.pk,))):
        seen = set(NodeState.objects.values_list("node_id", flat=True))
        with seeing_nodes(sorted(seen)[:2]):
            assert NodeState.objects.count() == 2
        assert set(NodeState.objects.values_list("node_id", flat=True)) == seen
    assert NodeState.objects.count() > len(seen)


@pytest.mark.django_db
def test_looking_at_no_node_sees_none() -> None:
    keep_small_fleet()
    with seeing_nodes(()):
        assert not NodeState.objects.exists()


@pytest.mark.django_db
def test_what_goes_wrong_while_looking_at_some_nodes_is_not_hidden() -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), seeing_nodes((1,)):
        connection.cursor().execute("SELECT * FROM stale_day")
    assert not is_seeing_a_part()
