"""How likely is each node to have an event in the next seven days? Taught by the fleet's own past weeks.

What is believed at first is the plain empirical-Bayes estimate. Each past week of the fleet, foretold from what was
known at its beginning, may move that belief; a young fleet keeps it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reports.risk.fleet_days import WEEK, Flags, FleetDays, Numbers, on_any
from reports.risk.regression import fit_weights, to_chances
from reports.risk.signals import BELIEF, Signals, read_signals

LESSONS = 16  # past weeks that teach, at most
TEACHERS = 20_000  # nodes that teach, about
_LEAST_KNOWN = 2 * WEEK  # days known before the first week that teaches


@dataclass(frozen=True, slots=True)
class Lesson:
    """A past week: the column of its first day, what was to be known when it began, and what came of it."""

    column: int
    matrix: Numbers
    came: Flags


@dataclass(frozen=True, slots=True)
class Forecast:
    """One row a node: how likely, and how much each signal moved that from the fleet's middle, in log-odds."""

    chances: Numbers
    moved: Numbers
    signals: Signals


def foretell_week(fleet: FleetDays, lessons: Sequence[Lesson]) -> Forecast:
    """The seven days that follow the last one of `fleet`. A node that will be silent cannot be foretold: the chance is
    of an event if it runs."""
    signals = read_signals(fleet)
    weights = learn_weights(lessons)
    moved = (signals.matrix - signals.matrix.mean(axis=0)) * weights if len(fleet.node_ids) else signals.matrix
    return Forecast(to_chances(signals.matrix @ weights), moved, signals)


def read_lessons(fleet: FleetDays, *, most: int = LESSONS, teachers: int = TEACHERS) -> list[Lesson]:
    """The last `most` weeks that are over by the end of `fleet`, the newest first; none that begin too early.

    Ten weights need no more than `teachers` nodes. Ids are hashes, so every so-many-th node is as good as a draw.
    """
    step = max(1, math.ceil(len(fleet.node_ids) / teachers))
    fleet = fleet.those(np.arange(len(fleet.node_ids)) % step == 0)
    newest = fleet.length - WEEK
    columns = range(newest, max(_LEAST_KNOWN - 1, newest - most * WEEK), -WEEK)
    return [_read_lesson(fleet, column) for column in columns]


def _read_lesson(fleet: FleetDays, column: int) -> Lesson:
    learned = fleet.those(known_nodes(fleet, column))
    return Lesson(column, read_signals(learned.before(column)).matrix, came_true(learned, column))


def learn_weights(lessons: Sequence[Lesson]) -> Numbers:
    """What past weeks teach about the signals; without any, what was believed at first."""
    if not lessons:
        return BELIEF.means
    matrix = np.concatenate([lesson.matrix for lesson in lessons])
    return fit_weights(matrix, np.concatenate([lesson.came for lesson in lessons]), BELIEF)


def known_nodes(fleet: FleetDays, column: int) -> Flags:
    """The nodes that had run before a week began and ran within it: of the others nothing could be foretold or seen."""
    return on_any(fleet.ran[:, :column]) & on_any(fleet.ran[:, column : column + WEEK])


def came_true(fleet: FleetDays, column: int) -> Flags:
    """Whether the seven days from a column on had an event."""
    return on_any(fleet.events[:, column : column + WEEK])
