"""The JSON of an incident window: one class a shape, one line a field."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.fields import BooleanField, CharField, DateTimeField, IntegerField, UUIDField

from reports.analysis.fleet_events import FleetEventStory
from reports.analysis.incident import IncidentWindow
from reports.analysis.incident_changes import FoldedChange
from reports.analysis.incident_failures import RunFailure
from reports.analysis.incident_inventory import MovedFact
from reports.analysis.incident_nodes import NodeMoment, NodeMoments
from reports.analysis.incident_runs import IncidentRuns, Slice
from reports.analysis.incident_versions import MovedVersion
from reports.api.shapes import ListedChangeSerializer
from reports.run import Outcome


class SliceSerializer(serializers.Serializer[Slice]):
    """What the runs did that began in one slice of the window: changes by cause, and resources that failed."""

    since = DateTimeField()
    until = DateTimeField()
    runs = IntegerField()
    corrective = IntegerField()
    intended = IntegerField()
    other = IntegerField()
    failed = IntegerField()


class IncidentRunsSerializer(serializers.Serializer[IncidentRuns]):
    """The ended runs of the window, and the nodes behind them."""

    runs = IntegerField()
    nodes = IntegerField(help_text="Nodes that ran.")
    changed_nodes = IntegerField()
    corrected_nodes = IntegerField()
    failed_nodes = IntegerField(help_text="Nodes with a failed run.")
    outcomes = serializers.SerializerMethodField(help_text="Runs by how they ended.")
    slices = SliceSerializer(many=True)

    def get_outcomes(self, runs: IncidentRuns) -> dict[str, int]:
        """Every outcome, also those that did not occur."""
        counted = dict(runs.outcomes)
        return {outcome.name.lower(): counted.get(outcome, 0) for outcome in sorted(Outcome, reverse=True)}


class NodeMomentSerializer(serializers.Serializer[NodeMoment]):
    """A node, and when it happened to it."""

    site = CharField()
    name = CharField()
    at = DateTimeField()
    is_clock_wrong = BooleanField()


class NodeMomentsSerializer(serializers.Serializer[NodeMoments]):
    """How many nodes, and the first of them in time."""

    count = IntegerField()
    first = NodeMomentSerializer(many=True)


class FoldedChangeSerializer(serializers.Serializer[FoldedChange]):
    """The same change on so many nodes, so many times; told is the first of them."""

    nodes = IntegerField()
    times = IntegerField()
    first_at = DateTimeField()
    last_at = DateTimeField()
    is_new_resource = BooleanField(help_text="Its resource did nothing on any node in the 30 days before the window.")
    is_new_on_node = BooleanField(help_text="It did nothing on this one node.")
    is_new_error = BooleanField(help_text="Its resource did not tell this error.")
    code_version = CharField(allow_null=True)
    change = ListedChangeSerializer()


class RunFailureSerializer(serializers.Serializer[RunFailure]):
    """Runs that failed as a whole with one message, but for its digits; of them the first."""

    message = CharField()
    runs = IntegerField()
    nodes = IntegerField()
    first_at = DateTimeField()
    run_id = UUIDField()
    site = CharField()
    node = CharField()
    is_new = BooleanField()
    is_clock_wrong = BooleanField(help_text="Of that node.")


class MovedVersionSerializer(serializers.Serializer[MovedVersion]):
    """A code version that came to nodes of one environment and tool."""

    environment = CharField(allow_null=True)
    tool = CharField()
    before = CharField(allow_null=True)
    version = CharField()
    first_at = DateTimeField()
    nodes = IntegerField(help_text="That ran it by the end of the window.")
    is_new = BooleanField()
    site = CharField()
    node = CharField(help_text="The first it came to.")
    is_clock_wrong = BooleanField(help_text="Of that node.")


class MovedFactSerializer(serializers.Serializer[MovedFact]):
    """A fact or package that changed alike on so many nodes."""

    is_package = BooleanField()
    name = CharField()
    old = CharField(allow_null=True, help_text="The first 400 characters, as of `new`.")
    new = CharField(allow_null=True)
    nodes = IntegerField()
    first_at = DateTimeField()
    site = CharField()
    node = CharField()
    is_clock_wrong = BooleanField(help_text="Of that node.")


class WindowEventSerializer(serializers.Serializer[FleetEventStory]):
    """Corrections on many nodes of one environment at about one time."""

    resource = CharField()
    environment = CharField(help_text="Empty where none was told.")
    started_at = DateTimeField()
    ended_at = DateTimeField()
    nodes = IntegerField()
    corrections = IntegerField()


class IncidentSerializer(serializers.Serializer[IncidentWindow]):
    """All that happened in a span of time. A page of its changes, and what leads to the others."""

    since = DateTimeField(source="question.since")
    until = DateTimeField(source="question.until")
    q = CharField(source="question.q")
    told_at = DateTimeField()
    cut_off = DateTimeField(source="nodes.cut_off", allow_null=True, help_text="Newest arrival of the answer.")
    matching_nodes = IntegerField(source="nodes.matching")
    runs = IncidentRunsSerializer()
    silent = NodeMomentsSerializer(source="nodes.silent")
    back = NodeMomentsSerializer(source="nodes.back")
    first_seen = NodeMomentsSerializer(source="nodes.first_seen")
    rebuilt = NodeMomentsSerializer(source="nodes.rebuilt")
    failures = RunFailureSerializer(many=True, source="failures.first")
    versions = MovedVersionSerializer(many=True, source="versions.first")
    inventory = MovedFactSerializer(many=True, source="inventory.first")
    events = WindowEventSerializer(many=True)
    lines = IntegerField(source="changes.lines", help_text="Lines of changes in all.")
    changes = FoldedChangeSerializer(many=True, source="changes.page.rows")
    next_cursor = CharField(source="changes.page.next", allow_null=True, help_text="The `cursor` of the next changes.")
    previous_cursor = CharField(source="changes.page.previous", allow_null=True)
