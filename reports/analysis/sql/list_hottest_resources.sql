-- Which resources keep needing corrections on whatever node, and how many did each of them need lately?
-- Parameters: heat double precision (the least that counts), since date, "limit" integer.
-- Index: resource_state_hottest, its first rows; primary keys of resource and resource_day.
SELECT
    resource.id,
    resource.type || '[' || resource.title || ']' AS resource,
    hottest.heat,
    COALESCE(lately.corrections, 0) AS corrections
FROM (
    SELECT
        *
    FROM
        resource_state
    WHERE
        heat > %(heat)s::double precision
    ORDER BY
        heat DESC,
        resource_id DESC
    LIMIT
        %(limit)s
) AS hottest
    JOIN resource ON resource.id = hottest.resource_id
    LEFT JOIN LATERAL (
        SELECT
            sum(resource_day.corrections) AS corrections
        FROM
            resource_day
        WHERE
            resource_day.resource_id = hottest.resource_id
            AND resource_day.day >= %(since)s::date
    ) AS lately ON true
ORDER BY
    hottest.heat DESC,
    hottest.resource_id DESC
