-- Which of the hottest resources were corrected in the last seven days, and not in the seven days before, on any node?
-- Looks at the hottest thousand only, so that it costs the same in any fleet.
-- Parameters: coldest double precision (stored heat below which nothing counts), since and before date: first day of
--   this week and of the one before; environment text or NULL (any); "limit" integer.
-- Index: resource_state_hottest; primary keys of resource, resource_environment and resource_day.
SELECT
    hot.resource_id,
    resource.type || '[' || resource.title || ']' AS name,
    NULL AS site,
    hot.heat,
    hot.last_correction_at,
    NULL AS is_clock_wrong
FROM (
    SELECT
        resource_id,
        heat,
        last_correction_at
    FROM
        resource_state
    WHERE
        heat > %(coldest)s::double precision
        /* AND meant: resource_id */
    ORDER BY
        heat DESC,
        resource_id DESC
    LIMIT 1000
) AS hot
    JOIN resource ON resource.id = hot.resource_id
WHERE
    hot.last_correction_at >= %(since)s::date::timestamp AT TIME ZONE 'UTC'
    AND (
        %(environment)s::text IS NULL
        OR EXISTS (
            SELECT
            FROM
                resource_environment
            WHERE
                resource_environment.resource_id = hot.resource_id
                AND resource_environment.environment = %(environment)s
                AND resource_environment.last_correction_at >= %(since)s::date::timestamp AT TIME ZONE 'UTC'
        )
    )
    AND NOT EXISTS (
        SELECT
        FROM
            resource_day
        WHERE
            resource_day.resource_id = hot.resource_id
            AND resource_day.day >= %(before)s::date
            AND resource_day.day < %(since)s::date
            AND resource_day.corrections > 0
    )
ORDER BY
    hot.heat DESC,
    hot.resource_id DESC
LIMIT
    %(limit)s
