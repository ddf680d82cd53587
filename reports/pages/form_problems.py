"""What is wrong with a form, gathered field by field, so that all of it is told at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import TracebackType

from reports.errors import BadQuestion


@dataclass(frozen=True, slots=True)
class Problems:
    """`told`: what is wrong, by the name of its field."""

    told: dict[str, str] = field(default_factory=dict)

    def of(self, name: str) -> Field:
        """A BadQuestion that is raised inside is what is wrong with this field."""
        return Field(self, name)


@dataclass(frozen=True, slots=True)
class Field:
    """One field, while it is read."""

    problems: Problems
    name: str

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, _kind: type[BaseException] | None, problem: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        if isinstance(problem, BadQuestion):
            self.problems.told[self.name] = str(problem)
            return True
        return False
