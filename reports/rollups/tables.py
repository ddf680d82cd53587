"""The tables of counts: small, kept for years, and recounted from the facts whenever a day or hour went stale.

Days are UTC days. A correction is a successful change with cause corrective. Heat is the binary logarithm of a
forward-decayed count of corrections: log2(Σ 2^((t - epoch) / 7 days)), so that values of any age compare as they are;
what one hour can add to it is bounded, see heat.py.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q

from reports.run import Outcome, Pattern


class NodeState(models.Model):
    """What lists and counters ask of a node, in one row."""

    node_id = models.BigIntegerField(primary_key=True)
    site = models.TextField()
    name = models.TextField()
    environment = models.TextField(null=True)
    role = models.TextField(null=True)  # what the node is for, where its facts tell it
    tools = ArrayField(models.TextField())
    # The worst among the newest finished run of each tool; NULL: no run has finished yet.
    status = models.SmallIntegerField(null=True)
    is_clock_wrong = models.BooleanField(default=False)
    first_seen_at = models.DateTimeField()
    # Arrival of the newest run, what silence is told from; the run's own time where it came more than a day late, for
    # an old report that is imported or replayed does not break a silence.
    last_received_at = models.DateTimeField()
    last_run_at = models.DateTimeField(null=True)  # with last_run_id the key of the run that gave the status
    last_run_id = models.UUIDField(null=True)
    unfinished_since = models.DateTimeField(null=True)  # start of the newest run, while it has no end
    # What made the run fail that gave the status (or its new catalog): the id of a resource, or a hash of what the tool
    # said, without the node's name and numbers. The same on all nodes that fail alike; 0: nobody said. NULL: none.
    failure = models.BigIntegerField(null=True)
    heat = models.FloatField(null=True)  # NULL: never corrected
    last_correction_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "node_state"
        constraints = [
            CheckConstraint(
                name="node_state_status",
                condition=Q(status__isnull=True) | Q(status__in=[int(outcome) for outcome in Outcome]),
            )
        ]
        # None on last_received_at: it moves with every run, and a row whose indexed columns stand still is updated in
        # place. Who is silent is told while counting the fleet.
        indexes = [
            Index(fields=["name", "site"], name="node_state_name"),  # the list of nodes, and its keyset
            # Hottest first, over all and of one environment. One direction and no NULL, so that both ways of walking a
            # list, and a bound on heat, are answered by the index alone.
            Index(fields=["-heat", "-node_id"], name="node_state_hottest", condition=Q(heat__isnull=False)),
            Index(
                fields=["environment", "-heat", "-node_id"],
                name="node_state_hottest_of",
                condition=Q(heat__isnull=False),
            ),
            Index(fields=["status", "name", "site"], name="node_state_status"),  # a counter's list
            Index(fields=["environment", "name", "site"], name="node_state_environment"),
            Index(fields=["site"], name="node_state_site"),  # with the one before and the next: what there is to choose
            Index(fields=["tools"], name="node_state_tools"),
        ]


class NodeDay(models.Model):
    """One node's day: how its runs ended and what they changed."""

    pk = models.CompositePrimaryKey("node_id", "day")
    node_id = models.BigIntegerField()
    day = models.DateField()
    environment = models.TextField(null=True)  # of the day's last run
    tools = ArrayField(models.TextField())  # those that finished a run, in alphabetical order
    runs = models.IntegerField()
    failed = models.IntegerField()
    stale_catalog = models.IntegerField()
    corrected = models.IntegerField()
    changed = models.IntegerField()
    pending = models.IntegerField()
    unchanged = models.IntegerField()
    corrections = models.IntegerField()
    changes = models.IntegerField()
    failures = models.IntegerField()  # failed changes
    duration_seconds = models.FloatField()
    heat = models.FloatField(null=True)  # of this day's corrections alone; NULL: there were none
    last_correction_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "node_day"
        indexes = [
            Index(fields=["day"], name="node_day_day"),  # the fleet of a window, and pruning
            # Who was corrected in a window of the past: one entry a node and day on which it was.
            Index(
                fields=["day"],
                include=["node_id", "environment", "corrections"],
                name="node_day_corrections",
                condition=Q(corrections__gt=0),
            ),
            # Did anything change on a node since then: one entry a node and day on which it did.
            Index(fields=["node_id", "day"], name="node_day_changed", condition=Q(changes__gt=0)),
            # Heat asks for the days with corrections alone, which on most nodes are few.
            Index(fields=["node_id", "day"], name="node_day_corrected", condition=Q(corrections__gt=0)),
        ]


class NodeResourceDay(models.Model):
    """What one resource did on one node in one day; only days on which it did something."""

    pk = models.CompositePrimaryKey("node_id", "resource_id", "day")
    node_id = models.BigIntegerField()
    resource_id = models.BigIntegerField()
    day = models.DateField()
    environment = models.TextField(null=True)
    changes = models.IntegerField()
    corrections = models.IntegerField()
    failures = models.IntegerField()
    first_change_at = models.DateTimeField()  # of its changes and failures
    last_change_at = models.DateTimeField()
    last_correction_at = models.DateTimeField(null=True)
    heat = models.FloatField(null=True)  # of this day's corrections alone; NULL: there were none

    class Meta:
        db_table = "node_resource_day"
        indexes = [Index(fields=["resource_id", "day"], name="node_resource_day_resource")]  # recount of resource_day


class NodeResource(models.Model):
    """One resource on one node, over all time."""

    pk = models.CompositePrimaryKey("node_id", "resource_id")
    node_id = models.BigIntegerField()
    resource_id = models.BigIntegerField()
    changes = models.IntegerField()
    corrections = models.IntegerField()
    failures = models.IntegerField()
    first_change_at = models.DateTimeField()
    last_change_at = models.DateTimeField()
    last_correction_at = models.DateTimeField(null=True)
    heat = models.FloatField(null=True)
    pattern = models.SmallIntegerField(null=True)  # reports.run.Pattern; NULL: changed too seldom to show one
    evidence = models.TextField(null=True)  # of the pattern, in one sentence

    class Meta:
        db_table = "node_resource"
        indexes = [
            Index(fields=["resource_id", "node_id"], name="node_resource_resource"),  # a resource on all nodes
            # The hottest resource of a node, and the hottest node of a resource.
            Index(fields=["node_id", "-heat"], name="node_resource_hottest", condition=Q(heat__isnull=False)),
            Index(fields=["resource_id", "-heat"], name="node_resource_hottest_on", condition=Q(heat__isnull=False)),
            Index(  # where a resource repeats, though it is told to be corrected: so much is no heat of it
                fields=["resource_id"],
                include=["node_id", "heat"],
                name="node_resource_repeating",
                condition=Q(heat__isnull=False, pattern=int(Pattern.REPEATER)),
            ),
            # The resources of one pattern: repeaters are listed by how many nodes have them.
            Index(
                fields=["pattern", "resource_id"],
                include=["node_id", "last_change_at", "changes"],
                name="node_resource_pattern",
                condition=Q(pattern__isnull=False),
            ),
        ]


class ResourceDay(models.Model):
    """What one resource did in one environment on one day, over all nodes. No environment told: an empty one."""

    pk = models.CompositePrimaryKey("resource_id", "day", "environment")
    resource_id = models.BigIntegerField()
    day = models.DateField()
    environment = models.TextField()
    nodes = models.IntegerField()
    corrected_nodes = models.IntegerField(db_default=0)
    changes = models.IntegerField()
    corrections = models.IntegerField()
    failures = models.IntegerField()
    heat = models.FloatField(null=True)  # of this day's corrections alone; NULL: there were none
    last_correction_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "resource_day"
        indexes = [Index(fields=["day", "corrections"], name="resource_day_day")]  # the resources of a window


class ResourceState(models.Model):
    """One resource that was ever corrected, over all nodes and all time that days are kept."""

    resource_id = models.BigIntegerField(primary_key=True)
    corrections = models.IntegerField()
    heat = models.FloatField()
    last_correction_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "resource_state"
        indexes = [Index(fields=["-heat", "-resource_id"], name="resource_state_hottest")]  # hottest first


class ResourceEnvironment(models.Model):
    """The same of one environment. No environment told: an empty one."""

    pk = models.CompositePrimaryKey("resource_id", "environment")
    resource_id = models.BigIntegerField()
    environment = models.TextField()
    corrections = models.IntegerField()
    heat = models.FloatField()
    last_correction_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "resource_environment"
        indexes = [Index(fields=["environment", "-heat", "-resource_id"], name="resource_environment_hottest")]


class FleetHour(models.Model):
    """Runs of the whole fleet in one hour, by how they ended. No environment told: an empty one."""

    pk = models.CompositePrimaryKey("hour", "site", "environment", "tool", "outcome")
    hour = models.DateTimeField()
    site = models.TextField()
    environment = models.TextField()
    tool = models.TextField()
    outcome = models.SmallIntegerField()
    runs = models.IntegerField()
    corrections = models.IntegerField(db_default=0)  # successful changes with cause corrective
    duration_seconds = models.FloatField()

    class Meta:
        db_table = "fleet_hour"
        indexes = [  # sums of a window read these alone: an hour has dozens of rows, which lie where they were counted
            Index(fields=["hour"], name="fleet_hour_runs", include=["environment", "outcome", "runs", "corrections"]),
            Index(
                fields=["hour"],
                name="fleet_hour_corrections",
                include=["environment", "corrections"],
                condition=Q(corrections__gt=0),
            ),
        ]
        constraints = [
            CheckConstraint(name="fleet_hour_outcome", condition=Q(outcome__in=[int(outcome) for outcome in Outcome]))
        ]


class FleetEvent(models.Model):
    """One resource corrected on many nodes of one environment at about one time. No environment told: an empty one."""

    pk = models.CompositePrimaryKey("resource_id", "environment", "started_at")
    resource_id = models.BigIntegerField()
    environment = models.TextField()
    started_at = models.DateTimeField()  # its first and its last correction
    ended_at = models.DateTimeField()
    nodes = models.IntegerField()
    corrections = models.IntegerField()

    class Meta:
        db_table = "fleet_event"
        indexes = [Index(F("started_at").desc(), name="fleet_event_newest")]
