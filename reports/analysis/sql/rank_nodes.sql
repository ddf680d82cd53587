-- The nodes with the most corrections within a window of days, in one walking direction from a key.
-- Parameters: since date, environment text or NULL (any), corrections and id of the key or NULL (from the start),
--   is_backward boolean (towards more corrections), "limit" integer.
-- Index: node_day_day; then the keys of node_state and change for the rows that are shown.
WITH counted AS (
    SELECT
        node_id AS id,
        sum(corrections)::bigint AS corrections,
        sum(runs)::bigint AS runs,
        sum(corrected)::bigint AS corrected
    FROM
        node_day
    WHERE
        day >= %(since)s
        AND (%(environment)s::text IS NULL OR environment = %(environment)s)
    GROUP BY
        node_id
    HAVING
        sum(corrections) > 0
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
)
SELECT
    ranked.id,
    node_state.name,
    node_state.site,
    ranked.corrections,
    ranked.runs,
    ranked.corrected,
    node_state.heat,
    newest.at
FROM
    ranked
    JOIN node_state ON node_state.node_id = ranked.id
    LEFT JOIN LATERAL (
        SELECT
            change.at
        FROM
            change
        WHERE
            change.node_id = ranked.id
            AND change.at >= %(since)s::date::timestamp AT TIME ZONE 'UTC'
            AND change.cause = 1 -- corrective
            AND change.status = 1 -- success
        ORDER BY
            change.at DESC
        LIMIT
            1
    ) AS newest ON TRUE
