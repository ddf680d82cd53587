"""What heat is counted from: log2(Σ 2^((t - EPOCH) / HALF_LIFE)) over the corrections of a node or resource at times t.

In one hour a resource counts once on a node, by its last correction, and a node counts at most MOST_AN_HOUR resources.
So neither a node that runs twice a second, nor one run that puts thousands of files right, stands above what needs a
correction day after day.

What repeats counts nothing, on the nodes where it does (Pattern.REPEATER): it is no drift, and would drown what is.

The recount's SQL writes it; analysis reads it. Changing a constant means recounting every heat there is.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
HALF_LIFE = timedelta(days=7)
MOST_AN_HOUR = 8


def stored_heat(count: float, now: datetime) -> float:
    """The stored heat that comes to `count` at `now`: a bound for the index."""
    return math.log2(count) + half_lives(now)


def half_lives(now: datetime) -> float:
    """How many of them have gone by since the epoch."""
    return (now - EPOCH) / HALF_LIFE
