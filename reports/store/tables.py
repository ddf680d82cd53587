"""The tables of facts. Only this room writes them.

`run`, `run_detail`, `change` and `inventory_change` are range-partitioned by week of `at` (see partitions.py); their
parents are made by SQL in the migrations. Every key starts with the node, so that the schema can be distributed by
node: no foreign keys, no unique constraint without `node_id`. Ids of nodes and resources are hashes (see ids.py).
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Index
from django.db.models.functions import Now


class Node(models.Model):
    """A name in a site. Two tools that report the same name in the same site speak of one node."""

    id = models.BigIntegerField(primary_key=True)
    site = models.TextField()
    name = models.TextField()
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()  # newest arrival of anything

    class Meta:
        db_table = "node"
        indexes = [Index(fields=["name", "site"], name="node_name")]  # a node by its name, in any site


class NodeLife(models.Model):
    """One machine that stood behind a node's name; a rebuilt machine begins a new life.

    As one tool tells it: two tools know the same machine by different identities.
    """

    pk = models.CompositePrimaryKey("node_id", "tool", "machine_id", "since")
    node_id = models.BigIntegerField()
    tool = models.TextField()
    machine_id = models.BigIntegerField()  # hash of `machine`
    since = models.DateTimeField()
    machine = models.TextField()  # as the tool tells it: entity uuid, DMI uuid, machine id

    class Meta:
        db_table = "node_life"


class Run(models.Model):
    """One execution of one tool on one node.

    `at` orders and partitions: the node's own start time, or the arrival where the node's clock was ahead of ours by
    more than ten minutes; then `claimed_at` holds what the node said. Counters of causes are NULL where the run changed
    nothing, which is most runs. Columns stand widest first: no padding in a row that is written millions of times.
    """

    pk = models.CompositePrimaryKey("node_id", "at", "id")
    node_id = models.BigIntegerField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    resource_set_id = models.BigIntegerField(null=True)  # the resources the run looked at, where the tool lists them
    machine_id = models.BigIntegerField(null=True)  # hash of the machine's identity, where the run itself tells it
    claimed_at = models.DateTimeField(null=True)
    id = models.UUIDField()
    duration_ms = models.IntegerField(null=True)  # NULL: the end is not known
    total = models.IntegerField()
    unchanged = models.IntegerField()
    changed = models.IntegerField(null=True)  # NULL here and in the next three: none, as in most runs
    failed = models.IntegerField(null=True)
    skipped = models.IntegerField(null=True)
    pending = models.IntegerField(null=True)
    corrective = models.IntegerField(null=True)
    intended = models.IntegerField(null=True)
    first_build = models.IntegerField(null=True)
    repeated = models.IntegerField(null=True)
    triggered = models.IntegerField(null=True)
    unknown = models.IntegerField(null=True)
    outcome = models.SmallIntegerField(null=True)  # NULL: under way, or never finished
    richness = models.SmallIntegerField()  # of two reports of one run the richer is kept
    noop = models.BooleanField()
    tool = models.TextField()
    environment = models.TextField(null=True)
    code_version = models.TextField(null=True)
    declared_set_id = models.BigIntegerField(null=True)  # what it declared of those in sync, where the tool tells it

    class Meta:
        db_table = "run"
        managed = False  # the parent is partitioned; made by SQL in the migration


class RunDetail(models.Model):
    """What only the page of one run shows: logs, timings, why it failed. Absent for runs that have nothing to tell."""

    pk = models.CompositePrimaryKey("node_id", "at", "run_id")
    node_id = models.BigIntegerField()
    at = models.DateTimeField()
    run_id = models.UUIDField()
    message = models.TextField(null=True)
    tool_version = models.TextField(null=True)
    logs = models.JSONField()  # [[level, source, message, at or null], …]
    timings = models.JSONField()  # [[what, seconds], …]

    class Meta:
        db_table = "run_detail"
        managed = False


class Change(models.Model):
    """One property of one resource changed, would have, failed, or was skipped because something else failed.

    `found` and `desired` are digests of the state found and declared, comparable between runs of one node.
    """

    pk = models.CompositePrimaryKey("node_id", "at", "run_id", "ordinal")
    node_id = models.BigIntegerField()
    at = models.DateTimeField()
    resource_id = models.BigIntegerField()
    run_id = models.UUIDField()
    ordinal = models.IntegerField()  # place in the run
    status = models.SmallIntegerField()
    cause = models.SmallIntegerField()
    cause_source = models.SmallIntegerField(null=True)
    said_corrective = models.BooleanField(null=True)  # the tool's own word
    is_sensitive = models.BooleanField()
    tool = models.TextField()
    environment = models.TextField(null=True)
    property = models.TextField(null=True)
    old = models.TextField(null=True)
    new = models.TextField(null=True)
    reason = models.TextField()
    message = models.TextField(null=True)
    diff = models.TextField(null=True)
    key = models.TextField(null=True)  # the tool's own identity of the resource, where type and title are not all of it
    defined_at = models.TextField(null=True)
    found = models.TextField(null=True)
    desired = models.TextField(null=True)
    likeness = models.BigIntegerField(null=True)  # the same for the same change on other nodes, see likeness.py
    said_triggered = models.BooleanField(db_default=False)  # the tool's own word
    is_action = models.BooleanField(db_default=False)  # done, such as a command: there is no state that could drift

    class Meta:
        db_table = "change"
        managed = False


class Resource(models.Model):
    """A managed thing, by type and title, wherever it is managed.

    Found by how its title begins (index `resource_name`) and by the words of it (`resource_words`): both made by SQL in
    a migration, and asked for in reports/search/resources.py.
    """

    id = models.BigIntegerField(primary_key=True)
    type = models.TextField()
    title = models.TextField()

    class Meta:
        db_table = "resource"


class ResourceSet(models.Model):
    """The resources of a run, stored once per distinct set; the id is a hash of what is in it."""

    id = models.BigIntegerField(primary_key=True)
    used_on = models.DateField()  # last day (UTC) on which a run pointed here, give or take one: what pruning goes by
    resource_ids = ArrayField(models.BigIntegerField())

    class Meta:
        db_table = "resource_set"


class DeclaredSet(models.Model):
    """What a run declared of the resources that it found in sync, stored once per distinct set.

    Each number is a 32-bit hash of a resource and of the digest of its declared state (see ids.py): enough to ask
    whether this very state was declared, which is all that is ever asked. The id is a hash of the numbers.
    """

    id = models.BigIntegerField(primary_key=True)
    used_on = models.DateField()  # as in ResourceSet
    declared_ids = ArrayField(models.IntegerField())

    class Meta:
        db_table = "declared_set"


class Inventory(models.Model):
    """The newest facts and packages that one tool told of one node."""

    pk = models.CompositePrimaryKey("node_id", "tool")
    node_id = models.BigIntegerField()
    tool = models.TextField()
    facts = models.JSONField(null=True)
    facts_at = models.DateTimeField(null=True)
    packages = models.JSONField(null=True)
    packages_at = models.DateTimeField(null=True)
    role = models.TextField(null=True)  # what the facts say that the node is for, see roles.py

    class Meta:
        db_table = "inventory"


class InventoryChange(models.Model):
    """One fact or package that differed from the one told before."""

    pk = models.CompositePrimaryKey("node_id", "at", "tool", "ordinal")
    node_id = models.BigIntegerField()
    at = models.DateTimeField()
    ordinal = models.IntegerField()
    tool = models.TextField()
    is_package = models.BooleanField()
    name = models.TextField()  # dotted path of the fact, or name of the package
    old = models.JSONField(null=True)  # NULL: was not there
    new = models.JSONField(null=True)  # NULL: is gone

    class Meta:
        db_table = "inventory_change"
        managed = False


class StaleDay(models.Model):
    """A day (UTC) of a node whose rollups no longer agree with the facts. Marked in the transaction that saves."""

    pk = models.CompositePrimaryKey("node_id", "day")
    node_id = models.BigIntegerField()
    day = models.DateField()
    marks = models.IntegerField(default=1)  # counts up, so that a mark made while a recount runs is not lost
    since = models.DateTimeField(null=True)  # the earliest of the day's runs that came or went; NULL: midnight

    class Meta:
        db_table = "stale_day"


class StaleHour(models.Model):
    """An hour of the fleet whose rollup no longer agrees with the facts."""

    hour = models.DateTimeField(primary_key=True)
    marks = models.IntegerField(default=1)
    marked_at = models.DateTimeField(db_default=Now())  # the first mark: the present hour is let lie for a while

    class Meta:
        db_table = "stale_hour"


class StaleCause(models.Model):
    """A node whose causes may read differently from `since` on, because of what another node has told."""

    node_id = models.BigIntegerField(primary_key=True)
    since = models.DateTimeField()
    marks = models.IntegerField(default=1)  # as in StaleDay

    class Meta:
        db_table = "stale_cause"
