"""The JSON of every answer, and so the schema: one class a shape, one line a field. DESIGN fixes the names."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rest_framework import serializers
from rest_framework.fields import (
    BooleanField,
    CharField,
    DateTimeField,
    FloatField,
    IntegerField,
    ListField,
    UUIDField,
)

from reports.analysis.changes import ChangeLine
from reports.analysis.hotspots import Hotspot
from reports.analysis.node import InventoryStory, Life, NodeResourceLine, NodeStory
from reports.analysis.nodes import NodeLine
from reports.analysis.run import RunStory
from reports.analysis.runs import RunCounts, RunLine
from reports.analysis.status import NodeStatus
from reports.api.words import WordField
from reports.intake.status import IntakeNumbers
from reports.run import Cause, CauseSource, Json, LogLevel, LogLine, Outcome, Pattern, Status


class ErrorSerializer(serializers.Serializer[Any]):
    """Every answer that is not a success."""

    detail = CharField(help_text="What is wrong, and how to mend it.")
    at = ListField(
        child=IntegerField(),
        min_length=2,
        max_length=2,
        required=False,
        help_text="Of `q`: where the word that means nothing begins and ends, in characters.",
    )


class NodeSerializer(serializers.Serializer[NodeLine]):
    """A node in a list."""

    site = CharField()
    name = CharField()
    tools = serializers.ListField(child=CharField())
    environment = CharField(allow_null=True)
    status = WordField(NodeStatus, help_text="Worst of the newest finished runs of its tools, unless it is silent.")
    first_seen_at = DateTimeField()
    last_run_at = DateTimeField(allow_null=True, help_text="Start of the run that gave the status.")
    last_run_id = UUIDField(allow_null=True)
    last_received_at = DateTimeField(
        help_text="Arrival of its newest run; its start if that was imported late. Tells silence."
    )
    unfinished_since = DateTimeField(allow_null=True, help_text="Start of its newest run, while that has no end.")
    is_clock_wrong = BooleanField()
    corrections_7d = IntegerField(help_text="Corrections of the last seven UTC days, today included.")
    heat = FloatField(allow_null=True, help_text="Corrections, each worth half after seven days. null: none ever.")
    risk = FloatField(allow_null=True, help_text="Probability of a correction or failure in the next seven days.")
    risk_reasons = serializers.ListField(child=CharField(), help_text="Why, in words, the weightiest first.")


class NodeResourceSerializer(serializers.Serializer[NodeResourceLine]):
    """What one resource did on one node, over all time."""

    resource = CharField()
    type = CharField()
    title = CharField()
    pattern = WordField(Pattern, allow_null=True, help_text="null: it changed too seldom to show one.")
    reason = CharField(allow_null=True, help_text="Evidence of the pattern, in one sentence.")
    corrections = IntegerField()
    changes = IntegerField()
    failures = IntegerField()
    first_change_at = DateTimeField()
    last_change_at = DateTimeField()
    last_correction_at = DateTimeField(allow_null=True)


class InventorySerializer(serializers.Serializer[InventoryStory]):
    """Since when the newest facts and packages of one tool are known."""

    tool = CharField()
    facts_at = DateTimeField(allow_null=True)
    packages_at = DateTimeField(allow_null=True)


class LifeSerializer(serializers.Serializer[Life]):
    """A machine that stood behind the node's name."""

    machine = CharField(help_text="Its identity, as a tool tells it.")
    since = DateTimeField()


class NodeStoryPartSerializer(serializers.Serializer[NodeStory]):
    """What the page of one node tells beyond its line in a list."""

    facts = serializers.SerializerMethodField(help_text="Of all its tools; of one fact told twice, the newer.")
    packages = serializers.SerializerMethodField(help_text="Name to version, of all its tools.")
    inventories = InventorySerializer(many=True)
    lives = LifeSerializer(many=True, help_text="Newest first.")
    resources = NodeResourceSerializer(
        many=True, help_text="Every resource that ever changed here, most corrected first."
    )

    def get_facts(self, story: NodeStory) -> dict[str, Any]:
        """The facts of every tool in one object."""
        return _newest_over(story.inventories, "facts")

    def get_packages(self, story: NodeStory) -> dict[str, str]:
        """The packages of every tool in one object."""
        packages: dict[str, str] = _newest_over(story.inventories, "packages")
        return packages


class NodeStorySerializer(NodeStoryPartSerializer, NodeSerializer):
    """A node with all it has to tell."""

    def to_representation(self, story: NodeStory) -> dict[str, Any]:
        """Its line and its story in one object."""
        return {**NodeSerializer(story.node).data, **NodeStoryPartSerializer(story).data}


class RunCountsSerializer(serializers.Serializer[RunCounts]):
    """Resources by how they ended, then changes by their cause."""

    total = IntegerField()
    unchanged = IntegerField()
    changed = IntegerField()
    failed = IntegerField()
    skipped = IntegerField()
    pending = IntegerField()
    corrective = IntegerField()
    intended = IntegerField()
    first_build = IntegerField()
    repeated = IntegerField()
    triggered = IntegerField()
    unknown = IntegerField()


class RunSerializer(serializers.Serializer[RunLine]):
    """A run in a list."""

    id = UUIDField()
    site = CharField()
    node = CharField()
    tool = CharField()
    environment = CharField(allow_null=True)
    started_at = DateTimeField(help_text="By the node's own clock.")
    ended_at = DateTimeField(allow_null=True)
    duration_seconds = FloatField(allow_null=True)
    received_at = DateTimeField()
    is_clock_wrong = BooleanField(help_text="It claims to start after it arrived, and is ordered by its arrival.")
    outcome = WordField(Outcome, allow_null=True, help_text="null: under way, or never finished.")
    noop = BooleanField()
    code_version = CharField(allow_null=True)
    counts = RunCountsSerializer()


class ChangeSerializer(serializers.Serializer[ChangeLine]):
    """A change within its run."""

    resource = CharField()
    type = CharField()
    title = CharField()
    property = CharField(allow_null=True)
    old = CharField(allow_null=True)
    new = CharField(allow_null=True)
    diff = CharField(allow_null=True)
    status = WordField(Status)
    cause = WordField(Cause)
    cause_source = WordField(CauseSource, allow_null=True, help_text="Who says so; null with cause unknown.")
    reason = CharField()
    message = CharField(allow_null=True)
    defined_at = CharField(allow_null=True)
    is_sensitive = BooleanField()


class ListedChangeSerializer(ChangeSerializer):
    """A change in a list over many runs."""

    run_id = UUIDField()
    site = CharField()
    node = CharField()
    tool = CharField()
    environment = CharField(allow_null=True)
    at = DateTimeField(help_text="Start of the run; its arrival where the node's clock is wrong.")
    is_clock_wrong = BooleanField(help_text="Of its node, as it is now.")


class LogSerializer(serializers.Serializer[LogLine]):
    """One line of what the tool said."""

    level = WordField(LogLevel)
    source = CharField()  # type: ignore[assignment] # a field of this name is fine: DRF takes it off the class
    message = CharField()
    at = DateTimeField(allow_null=True)


class RunStoryPartSerializer(serializers.Serializer[RunStory]):
    """What the page of one run tells beyond its line in a list."""

    message = CharField(allow_null=True, help_text="Why the whole run failed, in the tool's words.")
    tool_version = CharField(allow_null=True)
    timings = serializers.SerializerMethodField(help_text="Seconds by what they were spent on.")
    previous_id = UUIDField(allow_null=True, help_text="The run of this tool on this node before it.")
    next_id = UUIDField(allow_null=True)
    changes = ChangeSerializer(many=True)
    logs = LogSerializer(many=True)

    def get_timings(self, story: RunStory) -> dict[str, float]:
        """What the run spent its time on."""
        return dict(story.timings)


class RunStorySerializer(RunStoryPartSerializer, RunSerializer):
    """A run with all it has to tell."""

    def to_representation(self, story: RunStory) -> dict[str, Any]:
        """Its line and its story in one object."""
        return {**RunSerializer(story.run).data, **RunStoryPartSerializer(story).data}


class HotspotSerializer(serializers.Serializer[Hotspot]):
    """A node, a resource over all nodes, or an environment, that needed corrections within the window."""

    name = CharField(help_text="The node, the resource as Type[title], or the environment (empty: none told).")
    site = CharField(allow_null=True, help_text="Of a node; null for anything else.")
    environment = CharField(allow_null=True, help_text="Of a node or an environment; null for a resource.")
    corrections = IntegerField()
    corrections_before = IntegerField(help_text="In as long a window right before.")
    runs = IntegerField(help_text="Of the node or environment; for a resource of the whole fleet, or environment.")
    share_of_runs = FloatField(help_text="How many of the runs corrected something, 0 to 1.")
    nodes = IntegerField(
        allow_null=True,
        help_text="Of a resource: on how many it was corrected in one day, at most. Of an environment: in the window.",
    )
    heat = FloatField(
        allow_null=True,
        help_text="Corrections, each worth half after seven days, of one resource at most one an hour; null for an "
        "environment.",
    )
    risk = FloatField(allow_null=True, help_text="Of a node: probability of a correction or failure in seven days.")
    pattern = WordField(Pattern, allow_null=True, help_text="How the hottest resource of the node behaves there.")
    reasons = serializers.ListField(child=CharField(), help_text="Of the risk and of the pattern, in words.")
    last_correction_at = DateTimeField(allow_null=True, help_text="Within the window.")


class IntakeSerializer(serializers.Serializer[IntakeNumbers]):
    """Reports since the beginning, and those that wait."""

    accepted = IntegerField(help_text="Answered with success at a door: the sum of the next six.")
    stored = IntegerField()
    duplicates = IntegerField(help_text="Told of nothing that was not known.")
    ignored = IntegerField(help_text="Left aside on purpose: messages that are no runs.")
    refused = IntegerField(help_text="Could not be read; kept, and can be replayed.")
    shed = IntegerField(help_text="Facts dropped under pressure; never a run.")
    pending = IntegerField(help_text="In the spool of this machine.")
    bytes = IntegerField(help_text="As sent.")
    oldest_pending_seconds = FloatField(allow_null=True)


def _newest_over(inventories: tuple[InventoryStory, ...], part: str) -> dict[str, Any]:
    """The facts or packages of several tools as one object; of a name told twice, the one told later."""

    def told_at(inventory: InventoryStory) -> datetime | None:
        moment: datetime | None = getattr(inventory, f"{part}_at")
        return moment

    told = sorted((one for one in inventories if told_at(one)), key=told_at)  # type: ignore[arg-type]
    merged: dict[str, Json] = {}
    for inventory in told:
        merged |= getattr(inventory, part)
    return merged
