"""The JSON of two runs, or two nodes, held against each other: one class a shape, one line a field."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.fields import BooleanField, CharField, DateTimeField, FloatField, IntegerField, UUIDField

from reports.analysis.node_facts import FactsApart, PackagesApart, Pair
from reports.analysis.node_habits import Habit, HabitPair
from reports.analysis.node_newest import NewestRun, ResourcesApart
from reports.analysis.node_pair import NodePair, NodeSide
from reports.analysis.run_pair import RunPair, RunSide, TimingPair, ToldValue, ValuePair
from reports.analysis.run_resources import ResourceList
from reports.api.shapes import NodeSerializer, RunSerializer
from reports.api.words import WordField
from reports.run import Pattern, Status


class ResourceListSerializer(serializers.Serializer[ResourceList]):
    """How many resources, and the first of them by type and title."""

    count = IntegerField()
    names = serializers.ListField(child=CharField(), help_text="As Type[title].")


class RunSideSerializer(serializers.Serializer[RunSide]):
    """One of the two runs."""

    run = RunSerializer()
    tool_version = CharField(allow_null=True)
    message = CharField(allow_null=True, help_text="Why the whole run failed, in the tool's words.")
    has_timings = BooleanField(help_text="Whether it kept what it spent its time on: runs that change nothing do not.")


class ToldValueSerializer(serializers.Serializer[ToldValue]):
    """What one run did to a property."""

    status = WordField(Status)
    old = CharField(allow_null=True, help_text="The first 2,000 characters, as of `new`.")
    new = CharField(allow_null=True)
    is_sensitive = BooleanField()


class ValuePairSerializer(serializers.Serializer[ValuePair]):
    """A property that both runs touched and left differently."""

    resource = CharField()
    property = CharField(allow_null=True)
    a = ToldValueSerializer()
    b = ToldValueSerializer()


class TimingPairSerializer(serializers.Serializer[TimingPair]):
    """What something took in each run, in seconds; null: that run does not tell."""

    what = CharField()
    a = FloatField(allow_null=True)
    b = FloatField(allow_null=True)


class RunPairSerializer(serializers.Serializer[RunPair]):
    """Two runs head to head."""

    a = RunSideSerializer()
    b = RunSideSerializer()
    is_other_machine = BooleanField(help_text="On one node: whether the runs tell of two machines.")
    only_a = ResourceListSerializer(allow_null=True, help_text="Looked at by a alone; null: a tool does not list that.")
    only_b = ResourceListSerializer(allow_null=True)
    failed_only_a = ResourceListSerializer()
    failed_only_b = ResourceListSerializer()
    failed_both = ResourceListSerializer()
    changed_only_a = ResourceListSerializer()
    changed_only_b = ResourceListSerializer()
    changed_both = ResourceListSerializer()
    values = ValuePairSerializer(many=True)
    more_values = IntegerField(help_text="Left out of `values`.")
    timings = TimingPairSerializer(many=True, help_text="Furthest apart first; none unless both runs kept theirs.")
    more_timings = IntegerField(help_text="Left out of `timings`.")


class NewestRunSerializer(serializers.Serializer[NewestRun]):
    """The newest ended run of one tool."""

    tool = CharField()
    run_id = UUIDField()
    at = DateTimeField()
    environment = CharField(allow_null=True)
    code_version = CharField(allow_null=True)


class NodeSideSerializer(serializers.Serializer[NodeSide]):
    """One of the two nodes."""

    node = NodeSerializer()
    role = CharField(allow_null=True)
    newest = NewestRunSerializer(many=True)
    told_at = DateTimeField(allow_null=True, help_text="When its newest facts or packages were told.")


class PairSerializer(serializers.Serializer[Pair]):
    """Something that the two tell differently, as text; null: not told."""

    name = CharField()
    a = CharField(allow_null=True)
    b = CharField(allow_null=True)


class FactPairSerializer(PairSerializer):
    """A fact that the two tell differently."""

    tool = CharField()


class FactsApartSerializer(serializers.Serializer[FactsApart]):
    """Facts by their dotted paths."""

    rows = FactPairSerializer(many=True)
    own = FactPairSerializer(many=True, help_text="Those that would differ between any two nodes.")
    same = serializers.SerializerMethodField(help_text="How many are the same.")

    def get_same(self, facts: FactsApart) -> int:
        """Counted, not listed."""
        return len(facts.same)


class PackagesApartSerializer(serializers.Serializer[PackagesApart]):
    """Packages that only one has or that are of two versions."""

    rows = PairSerializer(many=True)
    same = IntegerField(help_text="How many are of one version on both.")
    only_told_by = serializers.CharField(
        allow_null=True, help_text="`A` or `B` where the other tells of no package; then none is compared."
    )


class ResourcesApartSerializer(serializers.Serializer[ResourcesApart]):
    """What only one of them manages, by the newest runs that list it."""

    only_a = ResourceListSerializer()
    only_b = ResourceListSerializer()
    both = IntegerField(help_text="How many both manage.")
    compared = serializers.ListField(child=CharField(), help_text="The tools that list it on both.")
    unlisted = serializers.ListField(child=CharField(), help_text="Tools of both that do not.")


class HabitSerializer(serializers.Serializer[Habit]):
    """What a resource does on one node, over all that is kept."""

    pattern = WordField(Pattern, allow_null=True)
    corrections = IntegerField()
    failures = IntegerField()


class HabitPairSerializer(serializers.Serializer[HabitPair]):
    """A resource that behaves differently."""

    resource = CharField()
    a = HabitSerializer()
    b = HabitSerializer()


class NodePairSerializer(serializers.Serializer[NodePair]):
    """Two nodes side by side."""

    a = NodeSideSerializer()
    b = NodeSideSerializer()
    facts = FactsApartSerializer()
    packages = PackagesApartSerializer()
    resources = ResourcesApartSerializer()
    habits = HabitPairSerializer(many=True, help_text="Corrections furthest apart first.")
    only_tools_a = serializers.ListField(child=CharField(), help_text="Tools that tell facts of a alone: not compared.")
    only_tools_b = serializers.ListField(child=CharField())
