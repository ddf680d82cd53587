"""`/api/v1/runs/`: which runs there were, and the story of one."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from reports.analysis.paging import Slice
from reports.analysis.run import RunStory, find_run
from reports.analysis.runs import RunFilter, RunLine, RunOrder, list_runs
from reports.api.endpoint import Asked, endpoint, list_endpoint
from reports.api.parameters import ENVIRONMENT, NODE, PAGING, SITE, TOOL, WINDOW, query_about, word, words
from reports.api.shapes import RunSerializer, RunStorySerializer
from reports.errors import NothingFound
from reports.run import Outcome
from reports.search.subjects import RUNS

OUTCOME = words("outcome", Outcome, "How it ended: one or several, with commas between.")
QUERY = query_about(RUNS)
SORT = word("sort", tuple(RunOrder), "What comes first; with a minus the newest.", default=RunOrder.NEWEST)


@list_endpoint(
    "runs_list", RunSerializer, known=(QUERY, SITE, NODE, TOOL, ENVIRONMENT, OUTCOME, *WINDOW, SORT, *PAGING)
)
def runs(asked: Asked) -> Slice[RunLine]:
    """Runs, newest first unless `sort` says otherwise."""
    wanted = RunFilter(
        site=asked["site"],
        node=asked["node"],
        tool=asked["tool"],
        environment=asked["environment"],
        outcomes=asked["outcome"],
        since=asked["since"],
        until=asked["until"],
        q=asked["q"],
    )
    return list_runs(
        wanted, timezone.now(), order=RunOrder(asked["sort"]), cursor=asked["cursor"], limit=asked["limit"]
    )


@endpoint("runs_retrieve", RunStorySerializer, known=(NODE, SITE))
def run(asked: Asked, *, run_id: str) -> RunStory:
    """One run, with its changes and logs.

    Where nodes share an id (cloned machines may), `node` and `site` say whose is meant.
    """
    try:
        wanted = UUID(run_id)
    except ValueError as error:
        raise NothingFound(f"no run {run_id}: an id is a UUID, as in the list of runs") from error
    return find_run(wanted, node=asked["node"], site=asked["site"])
