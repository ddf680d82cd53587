"""Logins: made, given a role and a password, closed and opened again. Nobody does any of it to their own."""

from __future__ import annotations

import secrets
from typing import Final

from django.contrib.auth.models import User
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet

from reports.errors import BadQuestion, NothingFound
from reports.people.roles import Role
from reports.people.tables import Group, Person
from reports.store.text import clean_name

_PASSWORD_BYTES: Final = 15  # twenty characters


def find_people(search: str | None = None) -> QuerySet[User]:
    """All logins with their role and, as `group_names`, their groups; those whose name holds this text."""
    names = ArraySubquery(Group.objects.filter(members=OuterRef("pk")).order_by("name").values("name"))
    people = User.objects.select_related("person").annotate(group_names=names)
    return people.filter(username__icontains=search) if search else people


def find_login(person_id: int) -> User:
    """One of them. Raises NothingFound."""
    user = find_people().filter(pk=person_id).first()
    if user is None:
        raise NothingFound("There is no such person.")
    return user


@transaction.atomic
def add_person(name: str, role: Role) -> tuple[User, str]:
    """A new login, and the password to hand over: whoever uses it has to choose another. Raises BadQuestion."""
    user, password = User(username=name), new_password()
    user.set_password(password)
    try:
        user.full_clean()
        user.save()
    except (ValidationError, IntegrityError) as error:
        said = error.messages[0] if isinstance(error, ValidationError) else "There is a person of that name."
        raise BadQuestion(f"name: {said}") from error
    Person.objects.create(user=user, role=role, password_is_given=True)
    return user, password


@transaction.atomic
def give_role(user: User, role: Role) -> None:
    """From the next request on. A superuser who is no admin any more is no superuser either."""
    Person.objects.update_or_create(user=user, defaults={"role": role})
    if user.is_superuser and role is not Role.ADMIN:
        User.objects.filter(pk=user.pk).update(is_superuser=False, is_staff=False)


@transaction.atomic
def let_in(user: User, *, is_active: bool) -> None:
    """Close a login, or open it again. Closed, its sessions end and its tokens open nothing, for as long as it is."""
    User.objects.filter(pk=user.pk).update(is_active=is_active)
    if not is_active:
        end_sessions(user)


@transaction.atomic
def give_password(user: User) -> str:
    """A new password to hand over; the old one and all sessions end."""
    password = new_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    Person.objects.update_or_create(user=user, defaults={"password_is_given": True})
    end_sessions(user)
    return password


def has_given_password(user: User) -> bool:
    """Whether the password was chosen by somebody else, and has to be changed first of all."""
    person = getattr(user, "person", None)
    return person is not None and person.password_is_given


def keep_own_password(user: User) -> None:
    """It was changed by the person itself."""
    Person.objects.filter(user=user).update(password_is_given=False)


def end_sessions(user: User, *, but: str | None = None) -> int:
    """Log the person out everywhere, but for the session of this key; how many sessions that were.

    A session does not tell whose it is until it is read, so all are: there are few, one a browser that is logged in.
    """
    ended = [
        session.pk
        for session in Session.objects.iterator()
        if session.pk != but and session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    return Session.objects.filter(pk__in=ended).delete()[0]


def named(name: str) -> User:
    """The login of this name. Raises NothingFound."""
    user = User.objects.filter(username=clean_name(name)).first()
    if user is None:
        raise NothingFound(f"There is nobody called {name}; manage.py createsuperuser makes the first login.")
    return user


def new_password() -> str:
    """One that nobody guesses."""
    return secrets.token_urlsafe(_PASSWORD_BYTES)
