-- The resources that show one pattern on some node and acted there within a window, those that acted most over all time
-- first, in one walking direction from a key. Corrected or not: what fails or repeats need not be drift.
-- Costs one index entry for each node and resource of the pattern.
-- Parameters: pattern integer, since and until timestamptz (until is not in it), environment text or NULL (any), times
--   and id of the key or NULL (from the start), is_backward boolean (towards more), "limit" integer.
-- Index: node_resource_pattern; primary key of node_state.
WITH counted AS (
    SELECT
        node_resource.resource_id AS id,
        sum(node_resource.changes + node_resource.failures)::bigint AS times
    FROM
        node_resource
        JOIN node_state ON node_state.node_id = node_resource.node_id
    WHERE
        node_resource.pattern = %(pattern)s::integer
        AND node_resource.last_change_at >= %(since)s::timestamptz
        AND node_resource.first_change_at < %(until)s::timestamptz
        AND (%(environment)s::text IS NULL OR node_state.environment = %(environment)s)
        /* AND meant: node_resource.resource_id */
    GROUP BY
        node_resource.resource_id
)
SELECT
    id,
    times
FROM
    counted
WHERE
    (
        %(id)s::bigint IS NULL
        OR CASE
            WHEN %(is_backward)s THEN (times, id) > (%(times)s::bigint, %(id)s::bigint)
            ELSE (times, id) < (%(times)s::bigint, %(id)s::bigint)
        END
    )
ORDER BY
    CASE WHEN %(is_backward)s THEN times ELSE -times END,
    CASE WHEN %(is_backward)s THEN id::numeric ELSE -id::numeric END
LIMIT
    %(limit)s
