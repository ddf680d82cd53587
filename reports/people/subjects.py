"""The names of what notes are about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from reports.errors import NothingFound
from reports.people.notes import Subject
from reports.store.tables import Node, Resource


@dataclass(frozen=True, slots=True)
class NamedSubject:
    """A subject as people know it. A name is None where the subject has no such part, or it is no longer kept."""

    subject: Subject
    node: str | None
    site: str | None
    resource: str | None

    @property
    def name(self) -> str:
        """In one line, for the log and for titles."""
        resource = self.resource or ("a resource that is gone" if self.subject.resource_id is not None else None)
        node = self.node or ("a node that is gone" if self.subject.node_id is not None else None)
        if node and self.site not in (None, "main"):
            node = f"{node} (site {self.site})"
        return f"{resource} on {node}" if resource and node else resource or node or ""


def name_subjects(subjects: Collection[Subject]) -> dict[Subject, NamedSubject]:
    """Each subject with its names: two look-ups by key for all of them."""
    node_ids = {subject.node_id for subject in subjects if subject.node_id is not None}
    resource_ids = {subject.resource_id for subject in subjects if subject.resource_id is not None}
    nodes = {row.id: row for row in Node.objects.filter(pk__in=node_ids)} if node_ids else {}
    resources = {row.id: row for row in Resource.objects.filter(pk__in=resource_ids)} if resource_ids else {}
    return {subject: _named(subject, nodes, resources) for subject in subjects}


def name_subject(subject: Subject) -> NamedSubject:
    """One subject; NothingFound where its node or resource is not there, or is not for the eyes of who asks."""
    named = name_subjects([subject])[subject]
    if subject.node_id is not None and named.node is None:
        raise NothingFound("no such node")
    if subject.resource_id is not None and named.resource is None:
        raise NothingFound("no such resource")
    return named


def _named(subject: Subject, nodes: dict[int, Node], resources: dict[int, Resource]) -> NamedSubject:
    node = nodes.get(subject.node_id) if subject.node_id is not None else None
    resource = resources.get(subject.resource_id) if subject.resource_id is not None else None
    return NamedSubject(
        subject=subject,
        node=node.name if node else None,
        site=node.site if node else None,
        resource=f"{resource.type}[{resource.title}]" if resource else None,
    )
