"""Give somebody a role."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.errors import NothingFound
from reports.people.accounts import give_role, named
from reports.people.roles import Role


class Command(BaseCommand):
    """`manage.py set_role NAME viewer|operator|admin`."""

    help = "Give somebody a role: a viewer reads, an operator acts, an admin manages people. It holds at once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and which."""
        parser.add_argument("name", help="the login name")
        parser.add_argument("role", choices=Role.values)

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Write it down."""
        try:
            user = named(options["name"])
        except NothingFound as error:
            raise CommandError(str(error)) from error
        give_role(user, Role(options["role"]))
        self.stdout.write(f"{user.get_username()} is {options['role']}")
