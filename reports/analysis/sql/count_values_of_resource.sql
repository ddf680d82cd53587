-- Which values one resource was found with and was to have, over all nodes: each by property and environment, with how
-- often, on how many nodes, since when and until when, and the first run that told it. Only the newest changes of the
-- window are read, and only the most frequent values are given. Values are cut after 120 characters; those of sensitive
-- properties are left out, and so are changes that did not happen.
-- Parameters: resource_id bigint, since and until timestamptz, most_read and most_told integer.
-- Index: change_resource (resource_id, at), from its end, at most most_read rows.
WITH newest AS MATERIALIZED (
    SELECT
        node_id,
        at,
        run_id,
        environment,
        property,
        cause = 1 AS is_corrective,
        CASE WHEN length(old) > 120 THEN left(old, 120) || '…' ELSE old END AS old,
        CASE WHEN length(new) > 120 THEN left(new, 120) || '…' ELSE new END AS new
    FROM
        change
    WHERE
        resource_id = %(resource_id)s::bigint
        AND at >= %(since)s::timestamptz
        AND at < %(until)s::timestamptz
        AND status = 1 -- success
        AND NOT is_sensitive
    ORDER BY
        at DESC
    LIMIT
        %(most_read)s::integer
),
told AS (
    SELECT
        newest.*,
        side.is_wanted,
        side.value
    FROM
        newest
        CROSS JOIN LATERAL (
            VALUES
                (FALSE, newest.old),
                (TRUE, newest.new)
        ) AS side (is_wanted, value)
    WHERE
        side.value IS NOT NULL
)
SELECT
    property,
    is_wanted,
    value,
    coalesce(environment, ''),
    count(*),
    count(DISTINCT node_id),
    min(at),
    max(at),
    (array_agg(node_id ORDER BY at, node_id))[1],
    (array_agg(run_id ORDER BY at, node_id))[1]
FROM
    told
GROUP BY
    property,
    is_wanted,
    value,
    coalesce(environment, '')
ORDER BY
    count(*) DESC,
    max(at) DESC,
    value
LIMIT
    %(most_told)s::integer
