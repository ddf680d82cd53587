-- What did these resources do on these days over all nodes, by environment?
-- Costs one row a node on which the resource did something that day; asked only where one of those rows moved.
-- Parameters, columns of equal length, each pair once: resource_ids bigint[], days date[].
-- Index: node_resource_day_resource; primary key of resource_day.
WITH moved AS (
    SELECT
        *
    FROM
        unnest(%(resource_ids)s::bigint[], %(days)s::date[]) AS moved (resource_id, day)
),
counted AS (
    SELECT
        moved.resource_id,
        moved.day,
        summed.*
    FROM
        moved
        CROSS JOIN LATERAL (
            SELECT
                environment,
                count(*) AS nodes,
                count(*) FILTER (WHERE corrections > 0) AS corrected_nodes,
                sum(changes) AS changes,
                sum(corrections) AS corrections,
                sum(failures) AS failures,
                -- Logarithms added; what is 2^60 times smaller than the hottest node does not show.
                max(hottest) + ln(sum(power(2, GREATEST(heat - hottest, -60)))) / ln(2) AS heat,
                max(last_correction_at) AS last_correction_at
            FROM (
                SELECT
                    COALESCE(environment, '') AS environment,
                    changes,
                    corrections,
                    failures,
                    heat,
                    max(heat) OVER (PARTITION BY COALESCE(environment, '')) AS hottest,
                    last_correction_at
                FROM
                    node_resource_day
                WHERE
                    node_resource_day.resource_id = moved.resource_id
                    AND node_resource_day.day = moved.day
            ) AS acted
            GROUP BY
                environment
        ) AS summed
),
gone AS (
    DELETE FROM resource_day
    USING moved
    WHERE
        resource_day.resource_id = moved.resource_id
        AND resource_day.day = moved.day
        AND NOT EXISTS (
            SELECT
            FROM
                counted
            WHERE
                counted.resource_id = resource_day.resource_id
                AND counted.day = resource_day.day
                AND counted.environment = resource_day.environment
        )
)
INSERT INTO resource_day (
    resource_id, day, environment, nodes, corrected_nodes, changes, corrections, failures, heat, last_correction_at
)
SELECT
    resource_id,
    day,
    environment,
    nodes,
    corrected_nodes,
    changes,
    corrections,
    failures,
    heat,
    last_correction_at
FROM
    counted
ON CONFLICT (resource_id, day, environment) DO UPDATE SET
    nodes = excluded.nodes,
    corrected_nodes = excluded.corrected_nodes,
    changes = excluded.changes,
    corrections = excluded.corrections,
    failures = excluded.failures,
    heat = excluded.heat,
    last_correction_at = excluded.last_correction_at
