"""What is asked of two nodes that stand side by side: which part, which words, from which row on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from reports.errors import BadQuestion
from reports.pages.asked import name_asked, text_asked

PARTS: Final = {"facts": "Facts", "packages": "Packages", "resources": "Resources", "behaviour": "Behaviour"}
ROWS_OF_ALL: Final = 40  # of each part while all are shown
ROWS_OF_ONE: Final = 200  # of a part that is shown alone


@dataclass(frozen=True, slots=True)
class NodePairQuestion:
    """`part` is None where all are shown; `text`, in small letters, has to stand in a name or value; `start` is the
    first row of the part that is shown alone; `shows_same` opens what the two tell alike."""

    part: str | None = None
    text: str = ""
    start: int = 0
    shows_same: bool = False

    @property
    def rows(self) -> int:
        return ROWS_OF_ONE if self.part else ROWS_OF_ALL

    def matches(self, *texts: str | None) -> bool:
        """Whether the text that is looked for stands in one of these."""
        return not self.text or any(self.text in text.lower() for text in texts if text)

    def shows(self, part: str) -> bool:
        return self.part in (None, part)


def read_question(query: QueryDict) -> NodePairQuestion:
    """Raises BadQuestion."""
    part, start = text_asked(query, "part"), text_asked(query, "from") or "0"
    if part is not None and part not in PARTS:
        raise BadQuestion(f"part: choose from {', '.join(PARTS)}")
    if not (start.isascii() and start.isdigit() and len(start) < 8):
        raise BadQuestion("from: the place of a row, counted from 0")
    return NodePairQuestion(
        part=part,
        text=(name_asked(query, "text") or "").strip().lower(),
        start=int(start) if part else 0,
        shows_same=text_asked(query, "same") == "1",
    )
