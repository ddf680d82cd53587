"""How often each true cause was told as which. Pure.

Counted are changes that were made (failed and skipped ones were not) and whose truth is known. What is known to be none
of our causes, or several at once, is counted apart and is neither right nor wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from reports.adapters.corpora import Truth
from reports.run import Cause, CauseSource

PRECISION: Final = 0.97  # the least share of what is told as a cause, and not only presumed, that is to be true
JUDGED: Final = (Cause.CORRECTIVE, Cause.INTENDED)  # the two that must not be taken for each other


class Judged(NamedTuple):
    """A change with what is true of it (None: the manifest does not tell) and what was told of it."""

    truth: Truth | None
    told: Cause
    source: CauseSource | None
    place: str  # where it stands, for whoever wants to look


class Share(NamedTuple):
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """Of nothing, all is as it should be."""
        return self.part / self.whole if self.whole else 1.0


@dataclass(frozen=True, slots=True)
class Tally:
    """The judged changes of one pass."""

    changes: tuple[Judged, ...]

    @classmethod
    def of(cls, changes: Iterable[Judged]) -> Tally:
        """All of them, in their order."""
        return cls(tuple(changes))

    def rows(self) -> Iterator[tuple[Cause, Counter[Cause]]]:
        """Each true cause that occurs, with how often it was told as which."""
        for true in Cause:
            told = Counter(one.told for one in self.changes if one.truth and one.truth.cause is true)
            if told:
                yield true, told

    def rows_apart(self) -> dict[str, Counter[Cause]]:
        """The same for truths that are none of ours, by the manifest's words."""
        rows: dict[str, Counter[Cause]] = {}
        for one in self.changes:
            if one.truth and one.truth.cause is None:
                rows.setdefault(one.truth.words, Counter())[one.told] += 1
        return dict(sorted(rows.items()))

    def not_known(self) -> Counter[Cause]:
        """As what those were told of which the manifest does not speak."""
        return Counter(one.told for one in self.changes if one.truth is None)

    def precision(self, cause: Cause, *, with_presumed: bool = True) -> Share:
        """Of all that was told to be this, what was."""
        return _share(
            one.truth.cause is cause
            for one in self.changes
            if one.told is cause and one.truth and one.truth.cause is not None
            if with_presumed or one.source is not CauseSource.PRESUMED
        )

    def recall(self, cause: Cause) -> Share:
        """Of all that was this, what was told to be."""
        return _share(one.told is cause for one in self.changes if one.truth and one.truth.cause is cause)

    def presumed(self) -> int:
        """How many are likely and no more."""
        return sum(one.source is CauseSource.PRESUMED for one in self.changes)

    def unknown(self) -> int:
        """How many nothing was told of."""
        return sum(one.told is Cause.UNKNOWN for one in self.changes)

    def wrong(self) -> Iterator[Judged]:
        """What was told as corrective or intended and was not, or was and was told as another."""
        for one in self.changes:
            true = one.truth.cause if one.truth else None
            if true is not None and one.told is not true and not {true, one.told}.isdisjoint({*JUDGED, Cause.UNKNOWN}):
                yield one


def misses(tally: Tally, recall: Mapping[Cause, float]) -> Iterator[str]:
    """Each aim that was missed, in a sentence."""
    for cause in JUDGED:
        name = cause.name.lower()
        precise = tally.precision(cause, with_presumed=False)
        if precise.value < PRECISION:
            yield f"precision of {name} is {precise.value:.3f} where it is not presumed; at least {PRECISION} is wanted"
        found = tally.recall(cause)
        if found.value < recall[cause]:
            yield f"recall of {name} is {found.value:.3f}; at least {recall[cause]} is wanted"


def _share(hits: Iterable[bool]) -> Share:
    counted = Counter(hits)
    return Share(counted[True], counted.total())
