-- How hot are these resources by now, in each environment and over all of them?
-- Costs the days on which the resource was corrected: one row a day and environment, for as long as counts are kept.
-- Parameters: resource_ids bigint[], each once.
-- Index: primary keys of resource_day, resource_environment and resource_state.
WITH moved AS (
    SELECT
        *
    FROM
        unnest(%(resource_ids)s::bigint[]) AS moved (resource_id)
),
counted AS (
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
