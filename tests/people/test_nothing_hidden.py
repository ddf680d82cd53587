"""Somebody who sees a part of the fleet opens everything there is: what is hidden is named nowhere."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any, Final
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest, StreamingHttpResponse
from django.test import Client, RequestFactory

from bench.addresses import PAGES, fill
from reports.api.urls import urlpatterns as api_patterns
from reports.intake.digest import digest_of
from reports.intake.tables import IntakeDay, Refused, Token
from reports.pages.exports import EXPORTS as EXPORT_PATTERNS
from reports.people.backend import find_person
from reports.people.looking import WithTheirEyes
from reports.people.roles import Role
from reports.people.sight import seeing, sight_of
from reports.people.tables import AuditEntry, Group, Note, Person, SavedView
from reports.people.visible_nodes import recount_visible_nodes
from reports.rollups.tables import FleetEvent, NodeState
from reports.run import Counts, Inventory, LogLevel, LogLine, Outcome, Status
from reports.store.ids import resource_id
from reports.store.tables import Node
from reports.weekly.tables import Brief, BriefFile
from tests.api.conftest import NOW, keep, run_id, tell_change, tell_run
from tests.pages.conftest import open_as
from tests.pages.test_query_counts import TOLD
from tests.weekly.kept import MADE, keep_briefs

MARK: Final = "qzxwvk"  # in the name of everything that is hidden, and in no token by chance
COUNTED: Final = Counts(total=3, unchanged=1, changed=1, failed=1)
SEEN: Final = {
    **TOLD,
    "other_node": "shop-2",
    "other_run": str(run_id("seen 30 1")),
    "node": "shop-1",
    "run": str(run_id("seen 0 1")),
    "change": f"{run_id('seen 0 1')}:0",
    "resource": "File[/etc/motd]",
    "environment": "shop",
    "tool": "generic",
    "since": f"{NOW - timedelta(days=2):%Y-%m-%d}",
    "until": f"{NOW:%Y-%m-%d}",
    "brief": "4801",
}
HIDDEN: Final = {
    **SEEN,
    "node": "qzxwvk-1",
    "other_node": "qzxwvk-2",
    "run": str(run_id("hidden 0 1")),
    "other_run": str(run_id("hidden 30 1")),
    "change": f"{run_id('hidden 0 1')}:0",
    "resource": "File[/qzxwvk/only]",
    "environment": "qzxwvk-env",
    "brief": str(MADE),
}
ENDPOINTS: Final = {
    "api_nodes": ["nodes/", "nodes/?environment={environment}", "nodes/?search={node}"],
    "api_node": ["nodes/{node}/"],
    "api_runs": ["runs/", "runs/?node={node}"],
    "api_run": ["runs/{run}/"],
    "api_changes": ["changes/", "changes/?node={node}", "changes/?resource={resource}"],
    "api_resource": ["resources/?name={resource}"],
    "api_hotspots": [
        "hotspots/?by=node",
        "hotspots/?by=resource",
        "hotspots/?by=environment",
        "hotspots/?by=resource&since={since}&until={until}",
        "hotspots/?by=node&since={since}&until={until}",
    ],
    "api_compare_runs": ["compare/runs/?a={run}&b={other_run}"],
    "api_compare_nodes": ["compare/nodes/?a={node}&b={other_node}"],
    "api_incident": ["incident/?q=env:{environment}", "incident/"],
    "api_notes": ["notes/"],
    "api_briefs": ["briefs/", "briefs/?state=made"],
    "api_brief": ["briefs/{brief}/"],
    "api_brief_document": ["briefs/{brief}/json/", "briefs/{brief}/pdf/"],
    "api_intake": ["intake/"],
    "api_schema": ["schema/"],
}


def keep_both(word: str, prefix: str, environment: str) -> None:
    """Six nodes with everything that a node can have: corrections and failures, together and again, facts, notes."""
    both = (
        tell_change("/etc/motd", corrective=True),
        tell_change(f"/{prefix}/only", corrective=True),
        tell_change(f"{prefix}-service", kind="Service", status=Status.FAILED),
    )
    more: dict[str, Any] = {
        "outcome": Outcome.FAILED,
        "environment": environment,
        "resources": both,
        "counts": COUNTED,
        "code_version": f"{prefix}-version",
        "message": f"{prefix} broke",
        "logs": (LogLine(LogLevel.ERROR, prefix, f"{prefix} said", NOW),),
    }
    for number in range(6):
        node = f"{prefix}-{number}"
        facts = {"role": f"{prefix}-role", "os": prefix}
        keep(
            *(tell_run(f"{word} {hours} {number}", node, hours_ago=1 + hours, **more) for hours in (0, 30, 60)),
            inventories=(Inventory("generic", node, NOW, facts=facts, packages={f"{prefix}-package": "1"}),),
        )
        Note.objects.create(node_id=Node.objects.get(name=node).pk, text=f"{prefix} note", owner_name=prefix)
    Note.objects.create(resource_id=resource_id("File", f"/{prefix}/only"), text=f"{prefix} note", owner_name=prefix)


@pytest.fixture
def ada(db: None) -> User:
    """A viewer who sees the shop, in a fleet of which as much is hidden."""
    keep_both("seen", "shop", "shop")
    keep_both("hidden", "qzxwvk", "qzxwvk-env")
    user, other = User.objects.create_user("ada"), User.objects.create_user("eve")
    group = Group.objects.create(name="shop", environments=["shop"])
    group.members.add(user)
    Group.objects.create(name="qzxwvk-group", environments=["qzxwvk-env"], query="name:qzxwvk*").members.add(other)
    Token.objects.create(name="qzxwvk-token", scope="send", digest="qzxwvk-digest")
    Token.objects.create(name="adas", scope="read", digest=digest_of("adas-secret"), owner=user)
    IntakeDay.objects.create(day=NOW.date(), door="front", sender="qzxwvk-sender", stored=3, last_received_at=NOW)
    Refused.objects.create(
        id=run_id("refused"), received_at=NOW, refused_at=NOW, door="front", sender="qzxwvk", site="main",
        machine="m", size=3, reason="qzxwvk: no",
    )  # fmt: skip
    AuditEntry.objects.create(person="qzxwvk", act="login", subject="qzxwvk")
    SavedView.objects.create(owner=other, name="qzxwvk view", page="nodes", query="q=name:qzxwvk-1", is_shared=True)
    keep_briefs(NOW, word=MARK)
    told = {"scope_kind": "fleet", "paper": "a4", "week": "2026-W47", "asked_by_name": "ada", "state": "made"}
    own = Brief.objects.create(pk=4801, kind="weekly", **told, asked_at=NOW, asked_by=user, sight_groups=[group.pk])
    BriefFile.objects.create(brief=own, pdf=b"%PDF-shop", json=b'{"of": "shop"}', csv=b"PK")
    recount_visible_nodes(NOW)
    return user


@pytest.fixture
def person(ada: User) -> Client:
    """Ada in her browser."""
    client = Client()
    client.force_login(ada)
    return client


@pytest.fixture
def program(ada: User) -> Client:
    """What reads with a token of Ada's."""
    return Client(headers={"Authorization": "Bearer adas-secret"})


def body_of(response: Any) -> str:  # noqa: ANN401 - the test client's own kind of answer
    if isinstance(response, StreamingHttpResponse):
        return b"".join(response).decode()
    content: bytes = response.content
    return content.decode()


EXPORTS: Final = ("nodes", "runs", "changes", "hotspots", "resources", "audit", "incident")
COMPARED: Final = "a={node}&a_site=main&b={other_node}&b_site=main"
ADDRESSES: Final = (
    *(address for name, address in PAGES.items() if name != "/login/"),
    "/briefs/{brief}/json/",
    *(f"/{page}/export.{kind}" for page in EXPORTS for kind in ("csv", "json")),
    *(f"/compare/nodes/export.{kind}?{COMPARED}" for kind in ("csv", "json")),
    "/incident/export.csv?last=24h&q=env:{environment}",
    "/hotspots/export.csv?by=resource",
    "/hotspots/export.csv?by=environment",
    *(f"/api/v1/{address}" for addresses in ENDPOINTS.values() for address in addresses),
)


def test_every_endpoint_and_every_export_is_opened_here() -> None:
    assert {pattern.name for pattern in api_patterns if pattern.name} <= ENDPOINTS.keys()
    assert {str(pattern.pattern) for pattern in EXPORT_PATTERNS} <= {
        address[1:].partition("?")[0] for address in ADDRESSES
    }


def test_nothing_hidden_is_named_beside_what_is_seen(person: Client) -> None:
    wrong = []
    for address in ADDRESSES:
        response = person.get(fill(address, SEEN))
        if response.status_code not in (200, 403) or MARK in body_of(response).lower():
            wrong.append((response.status_code, address))
    assert wrong == []


@pytest.mark.parametrize(
    "text", ["", MARK[:3], f"name:{MARK[:3]}", "env:", f'resource:"File[/{MARK[:3]}', "title:/", "type:"]
)
def test_nothing_hidden_is_offered_to_complete_a_query(person: Client, text: str) -> None:
    offered = person.get("/search/complete/", {"q": text, "at": str(len(text)), "of": "all"})
    assert offered.status_code == 200
    assert MARK not in body_of(offered)


@pytest.mark.parametrize(
    "text", ["/", "-nobody", "type:File", f"{MARK[:3]} -nobody", "changed:<60d", "-resource:nothing"]
)
def test_nothing_hidden_is_found_by_a_query(person: Client, text: str) -> None:
    for address in ("/search/", "/nodes/", "/runs/", "/changes/", "/resources/"):
        assert MARK not in body_of(person.get(address, {"q": text}))


def test_a_token_sees_what_its_owner_sees(program: Client) -> None:
    wrong = []
    for address in ADDRESSES:
        if address.startswith("/api/"):
            response = program.get(fill(address, SEEN))
            if response.status_code != 200 or MARK in body_of(response).lower():
                wrong.append((response.status_code, address))
    assert wrong == []


def test_who_asks_for_what_is_hidden_is_told_no_more_than_of_what_is_not_there(person: Client) -> None:
    """The answer repeats the words that were asked with, and no others."""
    nowhere = {**HIDDEN, "node": "nil-1", "run": str(run_id("nil")), "change": f"{run_id('nil')}:0"}
    nowhere |= {"other_node": "nil-2", "other_run": str(run_id("nil 30"))}
    nowhere |= {"brief": "4999", "resource": "File[/nil/only]", "environment": "nil-env"}
    wrong = []
    for address in ADDRESSES:
        hidden, nothing = (person.get(fill(address, told)) for told in (HIDDEN, nowhere))
        rest = unquote(unescape(body_of(hidden)))
        for word in ("node", "other_node", "run", "other_run", "resource", "environment"):
            rest = rest.replace(HIDDEN[word], "")
        if hidden.status_code != nothing.status_code or MARK in rest:
            wrong.append((hidden.status_code, nothing.status_code, address))
    assert wrong == []


def test_who_is_in_no_group_is_shown_all_of_it(ada: User) -> None:
    """Else there would be nothing to hide."""
    assert ada.pk
    reader = open_as("free", Role.VIEWER)
    for address in ("/nodes/", "/hotspots/?by=resource", "/runs/", "/changes/", "/intake/"):
        assert MARK in reader.open(address).html
    assert NodeState.objects.count() == 12


def test_a_token_dies_with_the_login(program: Client, ada: User) -> None:
    assert program.get("/api/v1/nodes/").status_code == 200
    ada.is_active = False
    ada.save()
    assert program.get("/api/v1/nodes/").status_code == 401


def test_a_fleet_event_is_counted_from_what_is_seen(person: Client, ada: User) -> None:
    """All twelve nodes were corrected at one time; of six it is told."""
    FleetEvent.objects.all().delete()
    for environment in ("shop", "qzxwvk-env"):
        FleetEvent.objects.create(
            resource_id=resource_id("File", "/etc/motd"), environment=environment, nodes=99, corrections=99,
            started_at=NOW - timedelta(hours=2), ended_at=NOW,
        )  # fmt: skip
    with seeing(sight_of(ada)):
        (event,) = FleetEvent.objects.all()
    assert (event.environment, event.nodes, event.corrections) == ("shop", 6, 6)
    assert not re.search(r"\b99\b", body_of(person.get("/resource/?name=File[/etc/motd]")).partition("<main")[2])


def test_what_was_refused_is_not_given_to_who_sees_a_part(person: Client, ada: User) -> None:
    Person.objects.create(user=ada, role=Role.OPERATOR)
    response = person.get(f"/intake/refused/{run_id('refused')}/")
    assert response.status_code == 403
    assert "those who see the whole fleet" in body_of(response)


def test_a_streamed_answer_is_made_with_the_same_eyes(ada: User) -> None:
    """Its pieces are made after the view, and after the middleware, have returned."""

    def stream(_request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(state.name + "\n" for state in NodeState.objects.order_by("name"))

    request = RequestFactory().get("/")
    request.user = find_person(ada.pk) or ada

    def respond(asked: HttpRequest) -> StreamingHttpResponse:
        middleware.process_view(asked, stream, (), {})
        return stream(asked)

    middleware = WithTheirEyes(respond)
    response = middleware(request)
    assert body_of(response).split() == [f"shop-{number}" for number in range(6)]


def test_what_is_not_known_by_hours_is_not_told_by_hours(person: Client) -> None:
    assert "Runs a minute" not in body_of(person.get("/"))
    assert "each stands at its first hour" in body_of(person.get("/?span=24h"))
    assert "hour of the week" not in body_of(person.get("/hotspots/"))
    free = open_as("free", Role.VIEWER)
    assert "Runs a minute" in free.open("/").html
    assert "hour of the week" in free.open("/hotspots/").html
