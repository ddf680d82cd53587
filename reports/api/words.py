"""How the words of the other rooms are written in JSON and in a query: lower case, underscores between."""

from __future__ import annotations

import enum
from typing import Any, TypeAlias

from rest_framework import serializers

from reports.analysis.status import NodeStatus
from reports.run import Cause, CauseSource, LogLevel, Outcome, Pattern, Status

Vocabulary: TypeAlias = type[enum.Enum]


def words_of(vocabulary: Vocabulary) -> list[str]:
    """Every word of an enum, in its own order."""
    return [member.name.lower() for member in vocabulary]


# What OpenAPI calls each vocabulary; settings.py points here, so that no generated name can change under a client.
NODE_STATUSES = words_of(NodeStatus)
OUTCOMES = words_of(Outcome)
CHANGE_STATUSES = words_of(Status)
CAUSES = words_of(Cause)
CAUSE_SOURCES = words_of(CauseSource)
LOG_LEVELS = words_of(LogLevel)
PATTERNS = words_of(Pattern)


class WordField(serializers.ChoiceField):
    """A member of an enum, told by its word."""

    def __init__(self, vocabulary: Vocabulary, **options: Any) -> None:  # noqa: ANN401 - DRF's own
        self.vocabulary = vocabulary
        super().__init__(words_of(vocabulary), **options)

    def to_representation(self, value: enum.Enum) -> str:  # type: ignore[override] # the stubs know text alone
        """The word."""
        return value.name.lower()
