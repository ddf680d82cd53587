-- Which resources of these nodes made or failed changes since then, and on which days? What they show of a pattern may
-- have changed: by a change that came, by its cause, and by a run that came late, in between, and changed nothing.
-- Costs the changes since then, which is a run's where reports come in order. They are asked for node by node,
-- lest the planner, who cannot know how few they are, reads all changes there are.
-- Parameters, columns of equal length, each node once: node_ids bigint[], sinces timestamptz[].
-- Index: primary key of change.
SELECT DISTINCT
    stale.node_id,
    moved.resource_id,
    (moved.at AT TIME ZONE 'UTC')::date
FROM
    unnest(%(node_ids)s::bigint[], %(sinces)s::timestamptz[]) AS stale (node_id, since)
    CROSS JOIN LATERAL (
        SELECT
            change.resource_id,
            change.at
        FROM
            change
        WHERE
            change.node_id = stale.node_id
            AND change.at >= stale.since
            AND change.status IN (1, 2)
        OFFSET 0
    ) AS moved
