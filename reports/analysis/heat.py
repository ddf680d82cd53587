"""How hot is it by now? Heat is kept as a logarithm that never needs touching; here it is brought to a moment."""

from __future__ import annotations

from datetime import datetime

from reports.rollups.heat import half_lives, stored_heat

_LESS_THAN_ONE = 0.99  # correction, so that rounding leaves none out
COLD = 0.1  # one correction some three weeks ago: no longer worth a line


def heat_now(stored: float | None, now: datetime) -> float | None:
    """Corrections, each worth half after seven days; None: never corrected. 1 is one correction just now."""
    return None if stored is None else float(2 ** min(stored - half_lives(now), 60.0))


def least_heat_since(moment: datetime) -> float:
    """What all that was corrected from this moment on is hotter than: where the index may be left."""
    return stored_heat(_LESS_THAN_ONE, moment)
