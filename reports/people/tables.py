"""The tables of people: small, and never part of what reports say. Only this room writes them.

People themselves are rows of Django's `auth_user`; foreign keys are fine here, because none of these tables is ever
distributed by node.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint
from django.db.models.functions import Now

from reports.people.roles import Role


class Person(models.Model):
    """What a login may do. A login without a row is a viewer; a superuser is an admin whatever stands here."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="person")
    role = models.TextField(choices=Role.choices, default=Role.VIEWER)
    password_is_given = models.BooleanField(db_default=False)  # by an admin: to be changed before anything else

    class Meta:
        db_table = "person"
        constraints = [CheckConstraint(name="person_role", condition=Q(role__in=Role.values))]


class Group(models.Model):
    """People who see the same part of the fleet: the nodes of these environments, and those that match a query.

    Neither environments nor a query: its members see no node by it. `sees_all`: they see the whole fleet.
    """

    name = models.TextField()
    sees_all = models.BooleanField(default=False)
    environments = ArrayField(models.TextField(), default=list)
    query = models.TextField(default="", blank=True)  # in the language of reports/search, about nodes
    members: models.ManyToManyField[models.Model, models.Model] = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="fleet_groups", db_table="people_group_member"
    )

    class Meta:
        db_table = "people_group"
        constraints = [UniqueConstraint(fields=["name"], name="people_group_name")]


class VisibleNode(models.Model):
    """A node that the members of a group may see. Worked out from the group's environments and query every minute."""

    pk = models.CompositePrimaryKey("group_id", "node_id")
    group_id = models.BigIntegerField()
    node_id = models.BigIntegerField()

    class Meta:
        db_table = "visible_node"


class SavedView(models.Model):
    """A list as somebody wants to find it again: a name for a page with its whole query string."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.TextField()
    page = models.TextField()  # name of the URL pattern: nodes, runs, changes, resources, hotspots, incident
    query = models.TextField()  # the query string, without `?`
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "saved_view"
        constraints = [UniqueConstraint(fields=["owner", "page", "name"], name="saved_view_name")]
        indexes = [Index(fields=["page", "name"], name="saved_view_shared", condition=Q(is_shared=True))]


class Note(models.Model):
    """What somebody knows of a node, of a resource wherever it is, or of one resource on one node; until when.

    A mute says in lists "known, do not be alarmed"; nothing is ever hidden by it. It stands until it expires or is
    ended by somebody.
    """

    node_id = models.BigIntegerField(null=True)
    resource_id = models.BigIntegerField(null=True)
    text = models.TextField()
    is_mute = models.BooleanField(default=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="notes")
    owner_name = models.TextField()  # as it was when the note was written; outlives the login
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(null=True)

    class Meta:
        db_table = "note"
        constraints = [
            CheckConstraint(name="note_subject", condition=Q(node_id__isnull=False) | Q(resource_id__isnull=False)),
            CheckConstraint(name="note_mute_expires", condition=Q(is_mute=False) | Q(expires_at__isnull=False)),
        ]
        indexes = [
            Index(fields=["node_id", "-created_at"], name="note_node", condition=Q(ended_at__isnull=True)),
            Index(fields=["resource_id", "-created_at"], name="note_resource", condition=Q(ended_at__isnull=True)),
            Index(fields=["-created_at", "-id"], name="note_newest"),
        ]


class AuditEntry(models.Model):
    """What somebody did. Rows are added and never changed."""

    at = models.DateTimeField(db_default=Now())
    person = models.TextField()  # login name, or "" where nobody was logged in
    act = models.TextField()  # such as token.made, group.changed, note.muted
    subject = models.TextField()  # what it was done to, by name
    detail = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        db_table = "audit_entry"
        indexes = [
            Index(fields=["-at", "-id"], name="audit_newest"),
            Index(fields=["person", "-at", "-id"], name="audit_person"),
            Index(fields=["act", "-at", "-id"], name="audit_act"),
        ]
