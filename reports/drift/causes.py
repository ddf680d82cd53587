"""Why each change was needed: one set of rules for all tools. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reports.drift.evidence import Course
from reports.drift.history import ChangeKey, History
from reports.drift.question import Question
from reports.drift.rebuilds import builds_anew
from reports.drift.rules import RULES
from reports.drift.undecided import presume
from reports.run import Explanation


def explain(history: History) -> dict[ChangeKey, Explanation]:
    """One explanation for each change of each run from `known_before` on, whether it succeeded or not."""
    wanted = {run.run_id for run in history.runs[history.known_before :] if run.run_id in history.changes}
    explained: dict[ChangeKey, Explanation] = {}
    for tool in sorted({run.tool for run in history.runs if run.run_id in wanted}):
        course = Course.of(history, tool)
        for index, run in enumerate(course.runs):
            if run.run_id in wanted:
                explained.update(_explain_run(course, index, history.companions))
    return explained


def _explain_run(
    course: Course, index: int, companions: Mapping[ChangeKey, int]
) -> Iterator[tuple[ChangeKey, Explanation]]:
    """First each change by itself, then those that stayed undecided, together."""
    undecided = []
    is_anew = builds_anew(course, index)
    for change in course.history.changes[course.runs[index].run_id]:
        asked = Question(course, index, change, is_anew=is_anew)
        explanation = _decide(asked)
        if explanation is None:
            undecided.append(asked)
        else:
            yield change.key, explanation
    for asked, explanation in zip(undecided, presume(undecided, companions), strict=True):
        yield asked.change.key, explanation


def _decide(asked: Question) -> Explanation | None:
    """By the first rule that can tell."""
    for rule in RULES:
        explanation = rule(asked)
        if explanation is not None:
            return explanation
    return None
