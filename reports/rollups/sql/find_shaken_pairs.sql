-- Which resources of these nodes made or failed changes since then? What they show of a pattern may have changed: by a
-- change that came, by its cause, and by a run that came late, in between, and changed nothing.
-- Costs the changes since then, which is a run's where reports come in order.
-- Parameters, columns of equal length, each node once: node_ids bigint[], sinces timestamptz[].
-- Index: primary key of change.
SELECT DISTINCT
    change.node_id,
    change.resource_id
FROM
    unnest(%(node_ids)s::bigint[], %(sinces)s::timestamptz[]) AS stale (node_id, since)
    JOIN change ON change.node_id = stale.node_id
        AND change.at >= stale.since
WHERE
    change.status IN (1, 2)
