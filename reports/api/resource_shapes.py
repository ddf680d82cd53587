"""The JSON of resources, and of one of them on all nodes: one class a shape, one line a field."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.fields import BooleanField, CharField, DateField, DateTimeField, FloatField, IntegerField, UUIDField

from reports.analysis.last_changes import LastChange
from reports.analysis.resource import FleetEventLine, ResourceDayLine, ResourceReach
from reports.analysis.resource_nodes import NodeOfResource
from reports.analysis.resource_story import ResourceStory
from reports.analysis.resource_values import PropertyValues, ValueCount
from reports.analysis.resources import ResourceLine
from reports.api.words import WordField
from reports.run import Cause, CauseSource, Pattern, Status


class ResourceSerializer(serializers.Serializer[ResourceLine]):
    """A resource in a list, over all nodes."""

    name = CharField(help_text="As Type[title].")
    type = CharField()
    title = CharField()
    corrections = IntegerField(help_text="Over all time that days are kept; of the environment asked for.")
    heat = FloatField(allow_null=True, help_text="Corrections, each worth half after seven days. null: none ever.")
    nodes = IntegerField(help_text="On how many it ever changed or failed, counted up to 500.")
    has_more_nodes = BooleanField(help_text="On more than that.")
    patterns = serializers.ListField(child=WordField(Pattern), help_text="That it shows on some node.")
    last_correction_at = DateTimeField(allow_null=True)


class ResourceDaySerializer(serializers.Serializer[ResourceDayLine]):
    """What the resource did in one environment on one UTC day, over all nodes."""

    day = DateField()
    environment = CharField(help_text="Empty where none was told.")
    nodes = IntegerField()
    changes = IntegerField()
    corrections = IntegerField()
    failures = IntegerField()


class ResourceReachSerializer(serializers.Serializer[ResourceReach]):
    """On how many nodes it ever changed or failed."""

    nodes = IntegerField()
    corrected_7d = IntegerField(help_text="Nodes on which it was corrected within 7 days.")
    corrected_30d = IntegerField()
    failing = IntegerField(help_text="Nodes on which it ever failed.")
    patterns = serializers.SerializerMethodField(help_text="Nodes by the pattern that it shows there.")

    def get_patterns(self, reach: ResourceReach) -> dict[str, int]:
        """Nodes by the word of the pattern."""
        return {pattern.name.lower(): nodes for pattern, nodes in reach.patterns}


class FleetEventSerializer(serializers.Serializer[FleetEventLine]):
    """Corrections on many nodes of one environment at about one time."""

    environment = CharField(help_text="Empty where none was told.")
    started_at = DateTimeField()
    ended_at = DateTimeField()
    nodes = IntegerField()
    corrections = IntegerField()


class ValueCountSerializer(serializers.Serializer[ValueCount]):
    """A value in one environment: how many changes of the window told it, on how many nodes, and when."""

    value = CharField(help_text="Cut after 120 characters.")
    environment = CharField(help_text="Empty where none was told.")
    nodes = IntegerField()
    changes = IntegerField()
    first_at = DateTimeField()
    last_at = DateTimeField()
    code_version = CharField(allow_null=True, help_text="Of the first run in the window that wanted it.")


class PropertyValuesSerializer(serializers.Serializer[PropertyValues]):
    """The values of one property, most frequent first."""

    property = CharField(allow_null=True)
    differs_by_environment = BooleanField(help_text="Environments want different values, which may be meant so.")
    wanted = ValueCountSerializer(many=True)
    found = ValueCountSerializer(many=True)


class LastChangeSerializer(serializers.Serializer[LastChange]):
    """What the resource last did on a node; values are cut after 120 characters."""

    run_id = UUIDField()
    at = DateTimeField()
    status = WordField(Status)
    cause = WordField(Cause)
    cause_source = WordField(CauseSource, allow_null=True)
    reason = CharField()
    property = CharField(allow_null=True)
    old = CharField(allow_null=True)
    new = CharField(allow_null=True)
    is_sensitive = BooleanField()
    defined_at = CharField(allow_null=True)


class NodeOfResourceSerializer(serializers.Serializer[NodeOfResource]):
    """The resource on one node."""

    site = CharField()
    node = CharField()
    environment = CharField(allow_null=True)
    corrections_7d = IntegerField()
    corrections_30d = IntegerField()
    corrections = IntegerField(help_text="Over all time, as changes and failures are.")
    changes = IntegerField()
    failures = IntegerField()
    heat = FloatField(allow_null=True)
    pattern = WordField(Pattern, allow_null=True)
    evidence = CharField(allow_null=True)
    last_change_at = DateTimeField()
    last_correction_at = DateTimeField(allow_null=True)
    last = LastChangeSerializer(allow_null=True, help_text="null where it is past its retention.")


class ResourceStorySerializer(serializers.Serializer[ResourceStory]):
    """One resource on all nodes."""

    name = CharField(source="resource.name", help_text="As Type[title].")
    type = CharField(source="resource.type")
    title = CharField(source="resource.title")
    since = DateField(help_text="First day of the window.")
    defined_at = serializers.ListField(child=CharField(), help_text="Where the code declares it, as far as told.")
    reach = ResourceReachSerializer()
    days = ResourceDaySerializer(many=True)
    events = FleetEventSerializer(many=True, help_text="Newest first.")
    values = PropertyValuesSerializer(many=True)
    nodes = NodeOfResourceSerializer(source="nodes.rows", many=True, help_text="Hottest first.")
    next_cursor = CharField(source="nodes.next", allow_null=True, help_text="For more nodes, as `cursor`.")
