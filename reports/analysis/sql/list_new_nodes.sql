-- Which of the hottest nodes were corrected in the last seven days, and not in the seven days before?
-- Looks at the hottest thousand only, so that it costs the same in any fleet.
-- Parameters: coldest double precision (stored heat below which nothing counts), since and before date: first day of
--   this week and of the one before; environment text or NULL (any); "limit" integer.
-- Index: node_state_hottest; node_day_corrected.
SELECT
    hot.node_id,
    hot.name,
    hot.site,
    hot.heat,
    hot.last_correction_at,
    hot.is_clock_wrong
FROM (
    SELECT
        node_id,
        name,
        site,
        heat,
        last_correction_at,
        is_clock_wrong
    FROM
        node_state
    WHERE
        heat > %(coldest)s::double precision
        AND (%(environment)s::text IS NULL OR environment = %(environment)s)
        /* AND meant: node_id */
    ORDER BY
        heat DESC,
        node_id DESC
    LIMIT 1000
) AS hot
WHERE
    hot.last_correction_at >= %(since)s::date::timestamp AT TIME ZONE 'UTC'
    AND NOT EXISTS (
        SELECT
        FROM
            node_day
        WHERE
            node_day.node_id = hot.node_id
            AND node_day.day >= %(before)s::date
            AND node_day.day < %(since)s::date
            AND node_day.corrections > 0
    )
ORDER BY
    hot.heat DESC,
    hot.node_id DESC
LIMIT
    %(limit)s
