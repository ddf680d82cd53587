"""How many rows does a list have? Counted up to a bound, so that no answer costs a full scan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Count:
    """So many rows; `is_more`: at least one more than that."""

    number: int
    is_more: bool = False


def count_up_to(rows: QuerySet[Any, Any], *, key: str, most: int = MOST) -> Count:
    """Reads no more than `most` + 1 of the rows, and what the filter leaves out on the way there."""
    found = rows.order_by().values(key)[: most + 1].count()
    return Count(min(found, most), is_more=found > most)
