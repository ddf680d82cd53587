-- Which nodes keep needing corrections, and how many did each of them need lately?
-- Parameters: heat double precision (the least that counts), since date, "limit" integer.
-- Index: node_state_hottest, its first rows; primary key of node_day.
SELECT
    hottest.node_id,
    hottest.site,
    hottest.name,
    hottest.status,
    hottest.last_received_at,
    hottest.is_clock_wrong,
    hottest.heat,
    COALESCE(lately.corrections, 0) AS corrections
FROM (
    SELECT
        *
    FROM
        node_state
    WHERE
        heat > %(heat)s::double precision
    ORDER BY
        heat DESC,
        node_id DESC
    LIMIT
        %(limit)s
) AS hottest
    LEFT JOIN LATERAL (
        SELECT
            sum(node_day.corrections) AS corrections
        FROM
            node_day
        WHERE
            node_day.node_id = hottest.node_id
            AND node_day.day >= %(since)s::date
    ) AS lately ON true
ORDER BY
    hottest.heat DESC,
    hottest.node_id DESC
