-- How hot are these resources by now, in each environment and over all of them?
-- Nodes on which it repeats count nothing. Costs the days on which the resource was corrected (one row a day and
-- environment, for as long as counts are kept) and the nodes on which it repeats.
-- Parameters: resource_ids bigint[], each once.
-- Index: primary keys of resource_day, resource_environment, resource_state and node_resource_day;
-- node_resource_repeating.
WITH moved AS (
    SELECT
        *
    FROM
        unnest(%(resource_ids)s::bigint[]) AS moved (resource_id)
),
repeating AS (
    SELECT
        node_resource.resource_id,
        COALESCE(lately.environment, '') AS environment,
        node_resource.heat
    FROM
        moved
        JOIN node_resource ON node_resource.resource_id = moved.resource_id
            AND node_resource.heat IS NOT NULL
            AND node_resource.pattern = 4 -- repeater
        CROSS JOIN LATERAL (
            SELECT
                node_resource_day.environment
            FROM
                node_resource_day
            WHERE
                node_resource_day.node_id = node_resource.node_id
                AND node_resource_day.resource_id = node_resource.resource_id
                AND node_resource_day.heat IS NOT NULL
            ORDER BY
                node_resource_day.day DESC
            LIMIT 1
        ) AS lately
),
summed AS (
    SELECT
        moved.resource_id,
        summed.*
    FROM
        moved
        CROSS JOIN LATERAL (
            SELECT
                environment,
                sum(corrections) AS corrections,
                -- Logarithms added; what is 2^60 times smaller than the hottest day does not show.
                max(hottest) + ln(sum(power(2, GREATEST(heat - hottest, -60)))) / ln(2) AS heat,
                max(last_correction_at) AS last_correction_at
            FROM (
                SELECT
                    *,
                    max(heat) OVER (PARTITION BY environment) AS hottest
                FROM
                    resource_day
                WHERE
                    resource_day.resource_id = moved.resource_id
                    AND resource_day.heat IS NOT NULL
            ) AS days
            GROUP BY
                environment
        ) AS summed
),
counted AS (
    SELECT
        summed.resource_id,
        summed.environment,
        summed.corrections,
        summed.heat + ln(1 - COALESCE(less.share, 0)) / ln(2) AS heat,
        summed.last_correction_at
    FROM
        summed
        CROSS JOIN LATERAL (
            SELECT
                sum(power(2, GREATEST(repeating.heat - summed.heat, -60))) AS share
            FROM
                repeating
            WHERE
                repeating.resource_id = summed.resource_id
                AND repeating.environment = summed.environment
        ) AS less
    WHERE
        COALESCE(less.share, 0) < 0.98 -- what is left of two roundings is nothing
),
gone AS (
    DELETE FROM resource_environment
    USING moved
    WHERE
        resource_environment.resource_id = moved.resource_id
        AND NOT EXISTS (
            SELECT
            FROM
                counted
            WHERE
                counted.resource_id = resource_environment.resource_id
                AND counted.environment = resource_environment.environment
        )
),
cold AS (
    DELETE FROM resource_state
    USING moved
    WHERE
        resource_state.resource_id = moved.resource_id
        AND NOT EXISTS (
            SELECT
            FROM
                counted
            WHERE
                counted.resource_id = resource_state.resource_id
        )
),
kept AS (
    INSERT INTO resource_environment (resource_id, environment, corrections, heat, last_correction_at)
    SELECT
        resource_id,
        environment,
        corrections,
        heat,
        last_correction_at
    FROM
        counted
    ON CONFLICT (resource_id, environment) DO UPDATE SET
        corrections = excluded.corrections,
        heat = excluded.heat,
        last_correction_at = excluded.last_correction_at
)
INSERT INTO resource_state (resource_id, corrections, heat, last_correction_at)
SELECT
    resource_id,
    sum(corrections),
    max(hottest) + ln(sum(power(2, GREATEST(heat - hottest, -60)))) / ln(2),
    max(last_correction_at)
FROM (
    SELECT
        *,
        max(heat) OVER (PARTITION BY resource_id) AS hottest
    FROM
        counted
) AS environments
GROUP BY
    resource_id
ON CONFLICT (resource_id) DO UPDATE SET
    corrections = excluded.corrections,
    heat = excluded.heat,
    last_correction_at = excluded.last_correction_at
