-- What one resource did on each of these nodes: where the node is, counts of its corrections, its pattern, and the first
-- change that it made at its last moment, whose columns are NULL where that is past its retention. Values are cut after
-- 120 characters. In the order of node_ids.
-- Parameters: resource_id bigint; node_ids bigint[]; week and month date: the first days of what is counted.
-- Index: primary keys of node_resource, node_state, node_resource_day and change: a few descents a node.
SELECT
    wanted.node_id,
    node_state.site,
    node_state.name,
    node_state.environment,
    coalesce(lately.corrections_7d, 0),
    coalesce(lately.corrections_30d, 0),
    node_resource.corrections,
    node_resource.changes,
    node_resource.failures,
    node_resource.heat,
    node_resource.pattern,
    node_resource.evidence,
    node_resource.last_change_at,
    node_resource.last_correction_at,
    node_state.is_clock_wrong,
    newest.*
FROM
    unnest(%(node_ids)s::bigint[]) WITH ORDINALITY AS wanted (node_id, place)
    JOIN node_resource ON node_resource.node_id = wanted.node_id
        AND node_resource.resource_id = %(resource_id)s::bigint
    JOIN node_state ON node_state.node_id = wanted.node_id
    CROSS JOIN LATERAL (
        SELECT
            sum(corrections) FILTER (WHERE day >= %(week)s::date) AS corrections_7d,
            sum(corrections) AS corrections_30d
        FROM
            node_resource_day
        WHERE
            node_resource_day.node_id = wanted.node_id
            AND node_resource_day.resource_id = %(resource_id)s::bigint
            AND node_resource_day.day >= %(month)s::date
    ) AS lately
    LEFT JOIN LATERAL (
        SELECT
            change.at,
            change.run_id,
            change.ordinal,
            change.status,
            change.cause,
            change.cause_source,
            change.property,
            CASE WHEN length(change.old) > 120 THEN left(change.old, 120) || '…' ELSE change.old END,
            CASE WHEN length(change.new) > 120 THEN left(change.new, 120) || '…' ELSE change.new END,
            change.diff IS NOT NULL,
            change.is_sensitive,
            change.defined_at,
            change.reason
        FROM
            change
        WHERE
            change.node_id = wanted.node_id
            AND change.at = node_resource.last_change_at
            AND change.resource_id = %(resource_id)s::bigint
        ORDER BY
            change.ordinal
        LIMIT
            1
    ) AS newest ON true
ORDER BY
    wanted.place
