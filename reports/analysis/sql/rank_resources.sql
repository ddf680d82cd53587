-- The resources with the most corrections within a window of days that is past, over all nodes, in one walking
-- direction from a key. A window that reaches up to now is ranked by heat, without a sum.
-- Costs one row a resource, environment and day of the window on which it was corrected.
-- Parameters: since and until date (until is not in it), environment text or NULL (any), times and id of the key or
--   NULL (from the start), is_backward boolean (towards more corrections), "limit" integer.
-- Index: resource_day_day.
WITH counted AS (
    SELECT
        resource_id AS id,
        sum(corrections)::bigint AS corrections
    FROM
        resource_day
    WHERE
        day >= %(since)s::date
        AND day < %(until)s::date
        AND corrections > 0
        AND (%(environment)s::text IS NULL OR environment = %(environment)s)
        /* AND meant: resource_id */
    GROUP BY
        resource_id
)
SELECT
    id,
    corrections
FROM
    counted
WHERE
    (
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
