"""What heat is counted from: log2(Σ 2^((t - EPOCH) / HALF_LIFE)) over the corrections of a node or resource at times t.

The recount's SQL writes it; analysis reads it. Changing either constant means recounting every heat there is.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
HALF_LIFE = timedelta(days=7)
