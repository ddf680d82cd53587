"""Foretell weeks that are over, each from what was known when it began, and see what came: ours and the baselines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

import numpy as np

from reports.risk.fleet_days import WEEK, Flags, FleetDays, Numbers
from reports.risk.model import LESSONS, Lesson, came_true, foretell_week, known_nodes, read_lessons
from reports.risk.regression import Belief, fit_weights, to_chances
from reports.risk.result import BacktestResult, Score, TestedWeek
from reports.risk.scoring import count_hits, lay_bins, score_auc, score_brier, score_calibration

Count: TypeAlias = Callable[[Numbers], Numbers]

TOP = 20
OURS = "risk"
COUNT = "corrections in the last seven days"
HEAT = "hot last week"
_HEAT_HALF_LIFE = 7.0  # days, as everywhere
_OPEN_MIND = Belief(means=np.array([-2.0, 1.0]), deviations=np.array([5.0, 5.0]))


@dataclass(frozen=True, slots=True)
class Told:
    """One week as one way foretold it: what it ranks by, and the probabilities it comes to."""

    ranks_by: Numbers
    chances: Numbers


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One past week, for the nodes that could be foretold: its first day, what each way foretold, and what came."""

    since: date
    told: dict[str, Told]
    came: Flags


def rehearse(fleet: FleetDays, corrections: Numbers, *, weeks: int) -> list[Rehearsed]:
    """The last `weeks` whole weeks, oldest first. `corrections` counts them by node and day.

    A week needs two weeks before it. Weeks are foretold one after the other, each with the lessons of those before.
    """
    columns = [fleet.length - WEEK * back for back in range(weeks, 0, -1)]
    lessons = read_lessons(fleet, most=weeks + LESSONS)
    counted = {name: _count_weeks(count, fleet, corrections) for name, count in BASELINES.items()}
    return [_rehearse(fleet, column, lessons, counted) for column in columns if column >= 2 * WEEK]


def _rehearse(
    fleet: FleetDays, column: int, lessons: Sequence[Lesson], counted: Mapping[str, Sequence[Lesson]]
) -> Rehearsed:
    seen = fleet.those(known_nodes(fleet, column))
    chances = foretell_week(seen.before(column), _over_by(column, lessons)).chances
    told = {OURS: Told(chances, chances)}
    for name, weeks in counted.items():
        told[name] = _tell_by(weeks, column)
    return Rehearsed(fleet.day(column), told, came_true(seen, column))


def _over_by(column: int, lessons: Sequence[Lesson]) -> Sequence[Lesson]:
    """The newest of these weeks that are over when the day of this column begins."""
    return [lesson for lesson in lessons if lesson.column + WEEK <= column][:LESSONS]


def _count_weeks(count: Count, fleet: FleetDays, corrections: Numbers) -> list[Lesson]:
    """Every week with one before it, the newest first, as a baseline sees it: its count when the week began."""
    lessons = []
    for column in range(fleet.length - WEEK, WEEK - 1, -WEEK):
        known = known_nodes(fleet, column)
        counted = np.log1p(count(corrections[:, :column])[known])
        matrix = np.stack((np.ones_like(counted), counted), axis=1)
        lessons.append(Lesson(column, matrix, came_true(fleet, column)[known]))
    return lessons


def _tell_by(weeks: Sequence[Lesson], column: int) -> Told:
    """A baseline's order, and its best probabilities: a regression on the count, taught by the same past weeks."""
    past = _over_by(column, weeks)
    matrix = np.concatenate([lesson.matrix for lesson in past])
    weights = fit_weights(matrix, np.concatenate([lesson.came for lesson in past]), _OPEN_MIND)
    (now,) = (lesson.matrix for lesson in weeks if lesson.column == column)
    return Told(now[:, 1], to_chances(now @ weights))


def count_last_week(corrections: Numbers) -> Numbers:
    """Corrections of the last seven days."""
    counted: Numbers = corrections[:, -WEEK:].sum(axis=1)
    return counted


def heat_last_week(corrections: Numbers) -> Numbers:
    """Corrections, each worth half after seven days: the order of the hottest nodes as the week begins."""
    counted: Numbers = corrections @ 0.5 ** (np.arange(corrections.shape[1])[::-1] / _HEAT_HALF_LIFE)
    return counted


BASELINES: dict[str, Count] = {COUNT: count_last_week, HEAT: heat_last_week}


def judge(rehearsed: Sequence[Rehearsed], ran_at: datetime) -> BacktestResult:
    """How well each way did over these weeks."""
    came = np.concatenate([week.came for week in rehearsed]) if rehearsed else np.zeros(0, dtype=np.bool_)
    names = (OURS, *BASELINES) if rehearsed else ()
    return BacktestResult(
        ran_at=ran_at,
        top=TOP,
        cases=len(came),
        events=int(came.sum()),
        scores=tuple(_score(rehearsed, name, came) for name in names),
        calibration=lay_bins(_chances(rehearsed, OURS), came) if rehearsed else (),
        weeks=tuple(_tested(week) for week in rehearsed),
    )


def _score(rehearsed: Sequence[Rehearsed], name: str, came: Flags) -> Score:
    chances = _chances(rehearsed, name)
    aucs = [score_auc(week.told[name].ranks_by, week.came) for week in rehearsed]
    precisions = [
        count_hits(week.told[name].ranks_by, week.came, TOP) / min(TOP, len(week.came))
        for week in rehearsed
        if len(week.came)
    ]
    return Score(
        name=name,
        auc=_mean([auc for auc in aucs if auc is not None]),
        precision=_mean(precisions),
        brier=score_brier(chances, came),
        calibration_error=score_calibration(lay_bins(chances, came)),
    )


def _tested(week: Rehearsed) -> TestedWeek:
    ranks_by = week.told[OURS].ranks_by
    return TestedWeek(
        since=week.since,
        nodes=len(week.came),
        events=int(week.came.sum()),
        top=min(TOP, len(week.came)),
        hits=count_hits(ranks_by, week.came, TOP),
        auc=score_auc(ranks_by, week.came),
    )


def _chances(rehearsed: Sequence[Rehearsed], name: str) -> Numbers:
    return np.concatenate([week.told[name].chances for week in rehearsed])


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
