-- How many runs and corrections had each environment in a window, and as long before; on how many nodes; what is hottest?
-- Costs the hours of the window by environment, tool and outcome, and one index entry for each day on which a node was
-- corrected: nothing that grows with nodes that are well.
-- Parameters: before, since and until timestamptz: the window before, this one, its end (not in it), whole hours; first
--   and last date: its days, the last one in it; environment text or NULL (any).
-- Index: fleet_hour_runs; node_day_corrections; resource_environment_hottest; primary key of resource.
WITH hours AS (
    SELECT
        environment,
        COALESCE(sum(corrections) FILTER (WHERE hour >= %(since)s::timestamptz), 0)::bigint AS corrections,
        COALESCE(sum(corrections) FILTER (WHERE hour < %(since)s::timestamptz), 0)::bigint AS corrections_before,
        COALESCE(sum(runs) FILTER (WHERE hour >= %(since)s::timestamptz), 0)::bigint AS runs,
        COALESCE(sum(runs) FILTER (WHERE hour >= %(since)s::timestamptz AND outcome = 4), 0)::bigint AS corrected_runs
    FROM
        fleet_hour
    WHERE
        hour >= %(before)s::timestamptz
        AND hour < %(until)s::timestamptz
        AND (%(environment)s::text IS NULL OR environment = %(environment)s)
    GROUP BY
        environment
),
nodes AS (
    SELECT
        COALESCE(environment, '') AS environment,
        count(*) AS nodes
    FROM ( -- told apart by hashing, where count(DISTINCT) would sort every day of every node
        SELECT DISTINCT
            environment,
            node_id
        FROM
            node_day
        WHERE
            day >= %(first)s::date
            AND day <= %(last)s::date
            AND corrections > 0
    ) AS corrected
    GROUP BY
        COALESCE(environment, '')
)
SELECT
    hours.environment,
    hours.corrections,
    hours.corrections_before,
    hours.runs,
    hours.corrected_runs,
    COALESCE(nodes.nodes, 0) AS nodes,
    resource.type,
    resource.title,
    hottest.last_correction_at
FROM
    hours
    LEFT JOIN nodes ON nodes.environment = hours.environment
    LEFT JOIN LATERAL (
        SELECT
            *
        FROM
            resource_environment
        WHERE
            resource_environment.environment = hours.environment
        ORDER BY
            resource_environment.heat DESC,
            resource_environment.resource_id DESC
        LIMIT 1
    ) AS hottest ON true
    LEFT JOIN resource ON resource.id = hottest.resource_id
WHERE
    hours.runs > 0
ORDER BY
    hours.corrections DESC,
    hours.environment
