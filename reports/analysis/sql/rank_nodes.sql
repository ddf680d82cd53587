-- The nodes with the most corrections within a window of days that is past, in one walking direction from a key.
-- A window that reaches up to now is ranked by heat, without a sum. Costs one index entry for each day on which a node
-- was corrected in the window.
-- Parameters: since and until date (until is not in it), environment, site and tool text or NULL (any), times and id of
--   the key or NULL (from the start), is_backward boolean (towards more corrections), "limit" integer.
-- Index: node_day_corrections; primary key of node_state.
WITH counted AS (
    SELECT
        node_id AS id,
        sum(corrections)::bigint AS corrections
    FROM
        node_day
    WHERE
        day >= %(since)s::date
        AND day < %(until)s::date
        AND corrections > 0
        AND (%(environment)s::text IS NULL OR environment = %(environment)s)
    GROUP BY
        node_id
)
SELECT
    counted.id,
    counted.corrections
FROM
    counted
    JOIN node_state ON node_state.node_id = counted.id
WHERE
    (%(site)s::text IS NULL OR node_state.site = %(site)s)
    AND (%(tool)s::text IS NULL OR node_state.tools @> ARRAY[%(tool)s::text])
    /* AND meant: counted.id */
    AND (
        %(id)s::bigint IS NULL
        OR CASE
            WHEN %(is_backward)s THEN (corrections, id) > (%(times)s::bigint, %(id)s::bigint)
            ELSE (corrections, id) < (%(times)s::bigint, %(id)s::bigint)
        END
    )
ORDER BY
    CASE WHEN %(is_backward)s THEN corrections ELSE -corrections END,
    CASE WHEN %(is_backward)s THEN id::numeric ELSE -id::numeric END
LIMIT
    %(limit)s
