"""Counting what was told against what is true."""

from __future__ import annotations

import pytest

from reports.adapters.corpora import Truth, truth
from reports.run import Cause, CauseSource
from reports.scoring.printing import print_tally, print_wrong
from reports.scoring.tally import Judged, Share, Tally, misses

WORDS = {"drift": Cause.CORRECTIVE, "wish": Cause.INTENDED}
ALL = {Cause.CORRECTIVE: 1.0, Cause.INTENDED: 1.0}


def judged(words: str | None, told: Cause, source: CauseSource | None = CauseSource.INFERRED) -> Judged:
    return Judged(truth(words, WORDS), told, source, "here")


def test_words_mean_what_the_first_of_them_means() -> None:
    assert truth("drift (by hand)", WORDS) == Truth("drift (by hand)", Cause.CORRECTIVE)
    assert truth("drift_and_wish", WORDS) == Truth("drift_and_wish", None)
    assert truth(": ", WORDS) == Truth(": ", None)
    assert truth(None, WORDS) is None


def test_precision_is_of_what_was_told_and_recall_of_what_was_true() -> None:
    tally = Tally.of(
        [
            judged("drift", Cause.CORRECTIVE),
            judged("wish", Cause.CORRECTIVE),
            judged("drift", Cause.UNKNOWN, None),
            judged("drift", Cause.INTENDED),
        ]
    )
    assert tally.precision(Cause.CORRECTIVE) == Share(1, 2)
    assert tally.recall(Cause.CORRECTIVE) == Share(1, 3)
    assert (tally.precision(Cause.INTENDED).value, tally.recall(Cause.INTENDED).value) == (0.0, 0.0)
    assert tally.unknown() == 1


def test_what_is_only_presumed_can_be_left_out_of_precision() -> None:
    tally = Tally.of([judged("drift", Cause.CORRECTIVE), judged("wish", Cause.CORRECTIVE, CauseSource.PRESUMED)])
    assert tally.precision(Cause.CORRECTIVE) == Share(1, 2)
    assert tally.precision(Cause.CORRECTIVE, with_presumed=False) == Share(1, 1)
    assert tally.presumed() == 1


def test_what_is_neither_and_what_is_not_known_count_for_nothing() -> None:
    tally = Tally.of([judged("both at once", Cause.CORRECTIVE), judged(None, Cause.CORRECTIVE)])
    assert tally.precision(Cause.CORRECTIVE) == Share(0, 0)
    assert tally.rows_apart() == {"both at once": {Cause.CORRECTIVE: 1}}
    assert tally.not_known() == {Cause.CORRECTIVE: 1}
    assert [*tally.rows()] == []
    assert [*tally.wrong()] == []


def test_where_nothing_was_to_be_told_nothing_is_missed() -> None:
    assert [*misses(Tally.of([]), ALL)] == []


@pytest.mark.parametrize(
    ("one", "sentences"),
    [
        (judged("drift", Cause.CORRECTIVE), 0),
        (judged("drift", Cause.UNKNOWN, None), 1),  # recall
        (judged("wish", Cause.CORRECTIVE), 2),  # precision of one, recall of the other
        (judged("wish", Cause.CORRECTIVE, CauseSource.PRESUMED), 1),
    ],
)
def test_each_missed_aim_has_its_sentence(one: Judged, sentences: int) -> None:
    assert len([*misses(Tally.of([one]), ALL)]) == sentences


def test_the_table_shows_every_row_and_what_it_comes_to() -> None:
    tally = Tally.of(
        [judged("drift", Cause.CORRECTIVE), judged("both at once", Cause.INTENDED), judged(None, Cause.UNKNOWN, None)]
    )
    text = "\n".join(print_tally(tally))
    assert "(both at once)" in text
    assert "(not told by the manifest)" in text
    assert "1.000 (1/1)" in text
    assert text.endswith("3 changes; only presumed: 0; unknown: 1")


def test_what_is_wrong_is_listed_with_its_place_and_not_without_end() -> None:
    lines = [*print_wrong(Tally.of([judged("wish", Cause.CORRECTIVE)] * 50))]
    assert lines[0] == "  wish → corrective (inferred): here"
    assert lines[-1] == "  and 10 more"
