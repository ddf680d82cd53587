-- How many runs of the fleet ended how in these hours, and how many corrections did they make?
-- Costs every run of the hour, which is why the present hour is not counted again with every batch.
-- Parameters, columns of equal length: hours timestamptz[].
-- Index: run_at; primary keys of node and fleet_hour.
WITH counted AS (
    SELECT
        taken.hour,
        ended.*
    FROM
        unnest(%(hours)s::timestamptz[]) AS taken (hour)
        CROSS JOIN LATERAL (
            SELECT
                node.site,
                COALESCE(run.environment, '') AS environment,
                run.tool,
                run.outcome,
                count(*) AS runs,
                COALESCE(sum(run.corrective), 0) AS corrections,
                COALESCE(sum(run.duration_ms), 0) / 1000.0 AS duration_seconds
            FROM
                run
                JOIN node ON node.id = run.node_id
            WHERE
                run.at >= taken.hour
                AND run.at < taken.hour + interval '1 hour'
                AND run.outcome IS NOT NULL
            GROUP BY
                node.site,
                COALESCE(run.environment, ''),
                run.tool,
                run.outcome
        ) AS ended
),
gone AS (
    DELETE FROM fleet_hour
    WHERE
        fleet_hour.hour = ANY (%(hours)s::timestamptz[])
        AND NOT EXISTS (
            SELECT
            FROM
                counted
            WHERE
                counted.hour = fleet_hour.hour
                AND counted.site = fleet_hour.site
                AND counted.environment = fleet_hour.environment
                AND counted.tool = fleet_hour.tool
                AND counted.outcome = fleet_hour.outcome
        )
)
INSERT INTO fleet_hour (hour, site, environment, tool, outcome, runs, corrections, duration_seconds)
SELECT
    hour,
    site,
    environment,
    tool,
    outcome,
    runs,
    corrections,
    duration_seconds
FROM
    counted
ON CONFLICT (hour, site, environment, tool, outcome) DO UPDATE SET
    runs = excluded.runs,
    corrections = excluded.corrections,
    duration_seconds = excluded.duration_seconds
