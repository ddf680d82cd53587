"""What people noted, as JSON: beside nodes and hotspots, and in a list of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import BooleanField, CharField, DateTimeField, IntegerField

from reports.analysis.hotspots import Hotspot
from reports.analysis.node import NodeStory
from reports.analysis.nodes import NodeLine
from reports.analysis.resources import ResourceLine
from reports.api.resource_shapes import ResourceSerializer
from reports.api.shapes import HotspotSerializer, NodeSerializer, NodeStorySerializer
from reports.people.notes import Noted, NoteLine, Subject, find_noted, muted_until
from reports.people.subjects import NamedSubject


@dataclass(frozen=True, slots=True)
class NamedNote:
    """A note with the names of what it is about. `resource` is told beside a node, where it is about one of its own."""

    line: NoteLine
    resource: str | None = None
    about: NamedSubject | None = None
    stands: bool = True


class NoteBesideSerializer(serializers.Serializer[Any]):
    """A note that stands, beside what it is about."""

    id = IntegerField(source="line.id")
    text = CharField(source="line.text")
    is_mute = BooleanField(source="line.is_mute")
    owner = CharField(source="line.owner", help_text="Login name of who wrote it.")
    created_at = DateTimeField(source="line.created_at")
    expires_at = DateTimeField(source="line.expires_at", allow_null=True, help_text="null: when somebody ends it.")
    resource = CharField(allow_null=True, help_text="Of one node: the resource that it is about there; null: the node.")


class NoteSerializer(serializers.Serializer[NamedNote]):
    """A note in the list of all."""

    id = IntegerField(source="line.id")
    node = CharField(source="about.node", allow_null=True, help_text="null: about a resource on all nodes.")
    site = CharField(source="about.site", allow_null=True)
    resource = CharField(source="about.resource", allow_null=True, help_text="null: about a node as a whole.")
    text = CharField(source="line.text")
    is_mute = BooleanField(source="line.is_mute")
    owner = CharField(source="line.owner", help_text="Login name of who wrote it.")
    created_at = DateTimeField(source="line.created_at")
    expires_at = DateTimeField(source="line.expires_at", allow_null=True)
    ended_at = DateTimeField(source="line.ended_at", allow_null=True)
    ended_by = CharField(source="line.ended_by", allow_null=True)
    stands = BooleanField(help_text="Neither ended nor expired.")


class NotesPartSerializer(serializers.Serializer[Any]):
    """What stands about a row; looked up for all rows at once, see `endpoint.list_endpoint`."""

    notes = serializers.SerializerMethodField(help_text="What people noted of it and still holds, newest first.")
    muted_until = serializers.SerializerMethodField(help_text="null: nobody muted it. A mute hides nothing.")

    @extend_schema_field(NoteBesideSerializer(many=True))
    def get_notes(self, row: Any) -> Any:  # noqa: ANN401 - a node, or a hotspot
        """Those about the row itself."""
        return NoteBesideSerializer([NamedNote(line) for line in self._lines(row)], many=True).data

    def get_muted_until(self, row: Any) -> datetime | None:  # noqa: ANN401
        """The latest end of its mutes."""
        return muted_until(self._lines(row))

    def _lines(self, row: Any) -> Sequence[NoteLine]:  # noqa: ANN401
        noted: Noted = self.context["noted"]
        subject = subject_of(row)
        return noted.of(subject.node_id, subject.resource_id)


class NotedNodeSerializer(NotesPartSerializer, NodeSerializer):
    """A node in a list, with what is noted of it."""


class NotedResourceSerializer(NotesPartSerializer, ResourceSerializer):
    """A resource in a list, with what is noted of it on all nodes."""


class NotedHotspotSerializer(NotesPartSerializer, HotspotSerializer):
    """A hotspot, with what is noted of it."""


class NotedNodeStorySerializer(NotesPartSerializer, NodeStorySerializer):
    """A node with all it has to tell, and what is noted of it and of its resources."""

    def to_representation(self, story: NodeStory) -> dict[str, Any]:
        """The story, and the notes."""
        resources = {one.resource_id: one.resource for one in story.resources}
        lines = self.context["noted"].about_node(story.node.node_id)
        named = [NamedNote(line, resources.get(line.subject.resource_id)) for line in lines]
        return {
            **super().to_representation(story),
            "notes": NoteBesideSerializer(named, many=True).data,
            "muted_until": self.get_muted_until(story.node),
        }


def notes_beside_nodes(lines: Sequence[NodeLine]) -> dict[str, Any]:
    """What stands about these nodes: one query."""
    return {"noted": find_noted(timezone.now(), nodes=[line.node_id for line in lines])}


def notes_beside_stories(stories: Sequence[NodeStory]) -> dict[str, Any]:
    """The same."""
    return notes_beside_nodes([story.node for story in stories])


def notes_beside_hotspots(spots: Sequence[Hotspot | ResourceLine]) -> dict[str, Any]:
    """What stands about these nodes or resources: one query, and none for environments."""
    subjects = [subject_of(spot) for spot in spots]
    nodes = [one.node_id for one in subjects if one.node_id is not None]
    resources = [one.resource_id for one in subjects if one.resource_id is not None]
    return {"noted": find_noted(timezone.now(), nodes=nodes, resources=resources)}


def subject_of(row: NodeLine | ResourceLine | Hotspot) -> Subject:
    """What notes about a row are found by; of an environment there are none."""
    if isinstance(row, NodeLine):
        return Subject(row.node_id)
    if isinstance(row, ResourceLine):
        return Subject(resource_id=row.id)
    return Subject(resource_id=row.id) if row.site is None else Subject(row.id)
