"""How often one sender may knock: a generous bound, so that one gone wild cannot take the doors from all others."""

from __future__ import annotations

from typing import Final

_BURST_SECONDS: Final = 10.0  # what may come at once after a pause: a fleet that wakes up together


class Rate:
    """A bucket a sender that fills with `per_second` and holds ten seconds' worth; 0 means no bound.

    Counts in one process and takes no lock: two threads may now and then let one report more through.
    """

    def __init__(self, per_second: float) -> None:
        self._per_second = per_second
        self._buckets: dict[str, tuple[float, float]] = {}

    def allows(self, sender: str, now: float) -> bool:
        """Take one report from the sender's bucket at `now` (seconds of a monotonic clock); False when it is empty."""
        if not self._per_second:
            return True
        most = self._per_second * _BURST_SECONDS
        left, since = self._buckets.get(sender, (most, now))
        left = min(most, left + (now - since) * self._per_second)
        self._buckets[sender] = (left - 1 if left >= 1 else left, now)
        return left >= 1
