"""Somebody who is logged in and looks at pages, and the fleet that is looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import User
from django.test import Client

from reports.people.roles import Role
from reports.people.tables import Person
from tests.api.conftest import NOW, keep_small_fleet
from tests.weekly.kept import keep_briefs


class Elements(HTMLParser):
    """What a browser would make of a page: its elements with their attributes, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as it came: its status, its source, and what a browser would make of that."""

    status: int
    html: str
    elements: Elements = field(default_factory=Elements)

    @property
    def text(self) -> str:
        """All text, with space run together."""
        return " ".join("".join(self.elements.texts).split())

    def links(self, containing: str = "") -> list[str]:
        """Where its links lead, in order."""
        hrefs = [attributes.get("href") or "" for tag, attributes in self.elements.found if tag == "a"]
        return [href for href in hrefs if containing in href]

    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements.found}


@dataclass(frozen=True, slots=True)
class Reader:
    """Opens pages."""

    client: Client

    def open(self, address: str, expected: int = 200) -> Seen:
        response = self.client.get(address)
        assert response.status_code == expected, f"{address}: {response.status_code}"
        seen = Seen(response.status_code, response.content.decode())
        seen.elements.feed(seen.html)
        return seen


def open_as(name: str, role: Role) -> Reader:
    """Somebody of this name and role, logged in; made if there is no such login yet."""
    user, _ = User.objects.get_or_create(username=name)
    Person.objects.update_or_create(user=user, defaults={"role": role})
    client = Client()
    client.force_login(user)
    return Reader(client)


@pytest.fixture
def operator(db: None) -> Reader:
    """Somebody who may write notes, replay reports and make tokens for senders."""
    return open_as("grace", Role.OPERATOR)


@pytest.fixture
def admin(db: None) -> Reader:
    """Somebody who may do everything."""
    return open_as("root", Role.ADMIN)


@pytest.fixture
def reader(db: None) -> Reader:
    """Somebody who is logged in."""
    client = Client()
    client.force_login(User.objects.create_user("ada"))
    return Reader(client)


@pytest.fixture
def fleet(db: None) -> None:
    """Five nodes in two sites, saved and counted: see keep_small_fleet; and briefs in every state."""
    keep_small_fleet()
    keep_briefs(NOW)
