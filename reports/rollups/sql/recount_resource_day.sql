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
                COALESCE(environment, '') AS environment,
                count(*) AS nodes,
                sum(changes) AS changes,
                sum(corrections) AS corrections,
                sum(failures) AS failures
            FROM
                node_resource_day
            WHERE
                node_resource_day.resource_id = moved.resource_id
                AND node_resource_day.day = moved.day
            GROUP BY
                COALESCE(environment, '')
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
INSERT INTO resource_day (resource_id, day, environment, nodes, changes, corrections, failures)
SELECT
    resource_id,
    day,
    environment,
    nodes,
    changes,
    corrections,
    failures
FROM
    counted
ON CONFLICT (resource_id, day, environment) DO UPDATE SET
    nodes = excluded.nodes,
    changes = excluded.changes,
    corrections = excluded.corrections,
    failures = excluded.failures
