"""Which run of another node stands nearest in time to a run?"""

from __future__ import annotations

from django.db.models import QuerySet

from reports.analysis.run import find_row
from reports.analysis.run_pair import RunName
from reports.errors import NothingFound
from reports.store.ids import node_id
from reports.store.tables import Run


def find_nearest_run(wanted: RunName, *, node: str, site: str) -> RunName:
    """The ended run of the same tool on that node that began nearest, before or after; without one, of any tool.

    Raises NothingFound. A descent of the node's own key each way; a tool that never ran there reads all the runs of
    that one node.
    """
    row, _ = find_row(wanted.id, node=wanted.node, site=wanted.site)
    of_node = Run.objects.filter(node_id=node_id(site, node), outcome__isnull=False)
    ended = of_node.exclude(node_id=row.node_id, id=row.id)
    found = _nearest(ended.filter(tool=row.tool), row) or _nearest(ended, row)
    if found is None:
        raise NothingFound(f"no other run of node {node} in site {site} is kept")
    return RunName(found.id, node, site)


def _nearest(runs: QuerySet[Run], row: Run) -> Run | None:
    before = runs.filter(at__lte=row.at).order_by("-at")[:1]
    after = runs.filter(at__gt=row.at).order_by("at")[:1]
    return min(before.union(after, all=True), key=lambda run: abs(run.at - row.at), default=None)
