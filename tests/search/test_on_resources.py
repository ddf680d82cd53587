"""Every key that resources are searched by, against the database; and how titles are found."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reports.errors import BadQuery
from reports.people.tables import Note
from reports.rollups.tables import ResourceDay, ResourceEnvironment, ResourceState
from reports.run import Pattern
from reports.search.on_resources import READERS
from reports.search.subjects import RESOURCES
from reports.store.ids import node_id, resource_id
from tests.analysis.conftest import NOW, heat_of, make_node
from tests.search.fleet import make_habit, make_resource, resources

pytestmark = pytest.mark.django_db

MOTD, HOSTS, NGINX, LONG = "File[/etc/motd]", "File[/etc/hosts]", "Package[nginx-common]", f"Exec[{'x' * 3990} end]"
NASTY = "File[C:\\a_b%\N{PILE OF POO}'\"]"


@pytest.fixture(autouse=True)
def fleet() -> None:
    """Five resources, one of which has a title that no index entry could hold."""
    ids = {name: make_resource(*name[:-1].split("[", 1)) for name in (MOTD, HOSTS, NGINX, LONG, NASTY)}
    web = make_node("web-1")
    make_habit(web, ids[MOTD], pattern=Pattern.TUG_OF_WAR)
    for name, corrections in {MOTD: 9, HOSTS: 1}.items():
        state = {"corrections": corrections, "heat": heat_of(corrections), "last_correction_at": NOW}
        ResourceState.objects.create(resource_id=ids[name], **state)
        ResourceEnvironment.objects.create(resource_id=ids[name], environment="production", **state)
    ResourceDay.objects.create(
        resource_id=ids[MOTD],
        day=(NOW - timedelta(days=3)).date(),
        environment="",
        nodes=1,
        changes=1,
        corrections=1,
        failures=0,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {MOTD, HOSTS, NGINX, LONG, NASTY}),
        ("MOTD", {MOTD}),
        ("etc", {MOTD, HOSTS}),
        ("etc/mot", {MOTD}),
        ("tc/motd", set()),
        ("comm", {NGINX}),
        ("nginx-co", {NGINX}),
        ("-etc", {NGINX, LONG, NASTY}),
        ("etc -motd", {HOSTS}),
        ("a_b%", {NASTY}),
        ("/etc/*", {MOTD, HOSTS}),
        (MOTD, {MOTD}),
        ("File[/etc/*]", {MOTD, HOSTS}),
        ('resource:"File[/etc/*]"', {MOTD, HOSTS}),
        ("resource:*[nginx*]", {NGINX}),
        ("type:File", {MOTD, HOSTS, NASTY}),
        ("type:*e", {MOTD, HOSTS, NASTY, NGINX}),
        ("type:*", {MOTD, HOSTS, NGINX, LONG, NASTY}),
        ("type:Nothing", set()),
        ("title:/etc/motd", {MOTD}),
        (f"title:{'x' * 400}*", {LONG}),
        (r'title:"C:\\a_b%*"', {NASTY}),
        ("title:x*end", {LONG}),
        ("env:production", {MOTD, HOSTS}),
        ("env:staging", set()),
        ("corrections:>3", {MOTD}),
        ("corrections:1,9", {MOTD, HOSTS}),
        ("corrections:<3", {HOSTS, NGINX, LONG, NASTY}),
        ("heat:>2", {MOTD}),
        ("heat:<2", {HOSTS, NGINX, LONG, NASTY}),
        ("heat:0", {NGINX, LONG, NASTY}),
        ("heat:>0", {MOTD, HOSTS}),
        ("pattern:tug_of_war", {MOTD}),
        ("node:web-1", {MOTD}),
        ("changed:<7d", {MOTD}),
        ("changed:<2d", set()),
        ("changed:>7d", {HOSTS, NGINX, LONG, NASTY}),
    ],
)
def test_a_query_finds_the_resources_that_it_means(text: str, expected: set[str]) -> None:
    assert resources(text) == expected


@pytest.mark.parametrize(
    ("text", "word"), [("title:*motd", "*motd"), ("etc *motd", "*motd"), ("etc ///", "///"), ("etc x", "x")]
)
def test_what_no_index_could_find_is_refused_at_its_word(text: str, word: str) -> None:
    with pytest.raises(BadQuery) as caught:
        resources(text)
    assert text[caught.value.start : caught.value.end] == word


def test_every_key_that_is_declared_is_read_and_no_other() -> None:
    assert {key.name for key in RESOURCES.keys} | {""} == READERS.keys()


def test_a_mute_counts_for_a_resource_on_all_nodes_and_while_it_stands() -> None:
    for (kind, title), hours, node in (
        (("File", "/etc/motd"), 1, None),
        (("File", "/etc/hosts"), -1, None),
        (("Package", "nginx-common"), 1, node_id("main", "web-1")),
    ):
        Note.objects.create(
            resource_id=resource_id(kind, title),
            node_id=node,
            text="known",
            owner_name="ada",
            is_mute=True,
            expires_at=NOW + timedelta(hours=hours),
        )
    assert resources("muted:yes") == {MOTD}
    assert resources("muted:no") == {HOSTS, NGINX, LONG, NASTY}


def test_names_at_the_edge_of_what_an_index_holds_are_told_apart() -> None:
    kind, title = "K" * 100, "t" * 300
    for name in ((kind, title), (f"{kind}x", f"{title}x"), (kind[1:], title[1:])):
        make_resource(*name)
    assert resources(f"type:{kind}") == {f"{kind}[{title}]"}
    assert resources(f"type:{kind[1:]}") == {f"{kind[1:]}[{title[1:]}]"}
    assert resources(f"type:{kind}*") == {f"{kind}[{title}]", f"{kind}x[{title}x]"}
    assert resources(f"title:{title}") == {f"{kind}[{title}]"}
    assert resources(f"title:{title}x") == {f"{kind}x[{title}x]"}
    assert resources(f"title:{title}*") == {f"{kind}[{title}]", f"{kind}x[{title}x]"}
    assert resources(f"title:{title}x*") == {f"{kind}x[{title}x]"}
