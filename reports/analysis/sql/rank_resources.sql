-- The resources with the most corrections within a window of days over all nodes, in one walking direction from a key.
-- Parameters: since date, today date, environment text or NULL (any), corrections and id of the key or NULL (from the
--   start), is_backward boolean (towards more corrections), "limit" integer.
-- Index: resource_day_day for the window, then keys for the rows that are shown: resource, resource_day (heat over ten
--   weeks, exact to the day), node_resource_day_resource, and one node's changes in one day for the newest correction.
WITH counted AS (
    SELECT
        resource_id AS id,
        sum(corrections)::bigint AS corrections,
        max(nodes) AS nodes
    FROM
        resource_day
    WHERE
        day >= %(since)s
        AND corrections > 0
        AND (%(environment)s::text IS NULL OR environment = %(environment)s)
    GROUP BY
        resource_id
),
ranked AS (
    SELECT
        *
    FROM
        counted
    WHERE
        %(id)s::bigint IS NULL
        OR CASE
            WHEN %(is_backward)s THEN (corrections, id) > (%(corrections)s::bigint, %(id)s::bigint)
            ELSE (corrections, id) < (%(corrections)s::bigint, %(id)s::bigint)
        END
    ORDER BY
        CASE WHEN %(is_backward)s THEN corrections ELSE -corrections END,
        CASE WHEN %(is_backward)s THEN id::numeric ELSE -id::numeric END
    LIMIT
        %(limit)s
),
fleet AS (
    SELECT
        coalesce(sum(runs), 0)::bigint AS runs
    FROM
        fleet_hour
    WHERE
        hour >= %(since)s::date::timestamp AT TIME ZONE 'UTC'
        AND (%(environment)s::text IS NULL OR environment = %(environment)s)
)
SELECT
    ranked.id,
    resource.type,
    resource.title,
    ranked.corrections,
    ranked.nodes,
    fleet.runs,
    warmth.heat,
    coalesce(newest.at, last_day.last_change_at)
FROM
    ranked
    CROSS JOIN fleet
    JOIN resource ON resource.id = ranked.id
    CROSS JOIN LATERAL (
        SELECT
            sum(corrections * power(2.0, (day - %(today)s::date) / 7.0))::double precision AS heat
        FROM
            resource_day
        WHERE
            resource_day.resource_id = ranked.id
            AND day > %(today)s::date - 70
    ) AS warmth
    LEFT JOIN LATERAL (
        SELECT
            node_id,
            day,
            last_change_at
        FROM
            node_resource_day
        WHERE
            node_resource_day.resource_id = ranked.id
            AND day >= %(since)s
            AND corrections > 0
        ORDER BY
            day DESC,
            last_change_at DESC
        LIMIT
            1
    ) AS last_day ON TRUE
    LEFT JOIN LATERAL (
        SELECT
            change.at
        FROM
            change
        WHERE
            change.node_id = last_day.node_id
            AND change.at >= last_day.day::timestamp AT TIME ZONE 'UTC'
            AND change.at < (last_day.day + 1)::timestamp AT TIME ZONE 'UTC'
            AND change.resource_id = ranked.id
            AND change.cause = 1 -- corrective
            AND change.status = 1 -- success
        ORDER BY
            change.at DESC
        LIMIT
            1
    ) AS newest ON TRUE
