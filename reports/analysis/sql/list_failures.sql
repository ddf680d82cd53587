-- What fails at present, on how many nodes, and on which of them last? The most widespread first.
-- Silent nodes are left out: how they are by now is not known. Costs one narrow row for each node that fails, and two
-- look-ups by key for each failure that is told.
-- Parameters: silent_before timestamptz, "limit" integer.
-- Index: node_state_status; primary keys of node_state, run_detail and change.
WITH failing AS (
    SELECT
        status,
        failure,
        count(*) AS nodes,
        max(last_run_at) AS newest_at,
        (max(ARRAY[extract(epoch FROM last_run_at)::bigint, node_id]))[2] AS node_id, -- no sort of thousands
        count(*) OVER () AS kinds,
        sum(count(*)) OVER () AS all_nodes
    FROM
        node_state
    WHERE
        status >= 5 -- stale_catalog, failed
        AND last_received_at >= %(silent_before)s::timestamptz
    GROUP BY
        status,
        failure
    ORDER BY
        nodes DESC,
        newest_at DESC
    LIMIT
        %(limit)s
)
SELECT
    failing.status,
    failing.failure,
    failing.nodes,
    failing.newest_at,
    failing.kinds,
    failing.all_nodes,
    newest.node_id,
    newest.site,
    newest.name,
    newest.last_run_id,
    newest.is_clock_wrong,
    culprit.resource,
    left(COALESCE(run_detail.message, culprit.message), 1000) AS message
FROM
    failing
    JOIN node_state AS newest ON newest.node_id = failing.node_id
    LEFT JOIN run_detail ON run_detail.node_id = newest.node_id
        AND run_detail.at = newest.last_run_at
        AND run_detail.run_id = newest.last_run_id
    LEFT JOIN LATERAL (
        SELECT
            resource.type || '[' || resource.title || ']' AS resource,
            change.message
        FROM
            change
            JOIN resource ON resource.id = change.resource_id
        WHERE
            change.node_id = newest.node_id
            AND change.at = newest.last_run_at
            AND change.run_id = newest.last_run_id
            AND change.status = 2 -- failed
            AND change.resource_id = failing.failure
        ORDER BY
            change.ordinal
        LIMIT 1
    ) AS culprit ON true
ORDER BY
    failing.nodes DESC,
    failing.newest_at DESC
