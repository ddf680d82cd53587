-- What did each resource do on these nodes on these days? Which rows came, went, or are not what they were?
-- Costs the changes of those node-days; asked only for days with changes. What stayed as it was is not written, and
-- nothing that rests on it is counted again.
-- Parameters, columns of equal length: node_ids bigint[], days date[], begins and ends timestamptz[];
-- epoch timestamptz and half_life_seconds double precision of heat.
-- Index: primary key of change; primary key of node_resource_day, by node.
WITH taken AS (
    SELECT
        *
    FROM
        unnest(%(node_ids)s::bigint[], %(days)s::date[], %(begins)s::timestamptz[], %(ends)s::timestamptz[])
            AS taken (node_id, day, begins_at, ends_at)
),
counted AS (
    SELECT
        taken.node_id,
        taken.day,
        acted.*,
        -- Counted from the end of the day, so that no power is too large for a double.
        EXTRACT(EPOCH FROM taken.ends_at - %(epoch)s)::double precision / %(half_life_seconds)s
            + ln(acted.warmth) / ln(2) AS heat
    FROM
        taken
        CROSS JOIN LATERAL (
            SELECT
                resource_id,
                (array_agg(environment ORDER BY last_change_at DESC))[1] AS environment,
                sum(changes) AS changes,
                sum(corrections) AS corrections,
                sum(failures) AS failures,
                min(first_change_at) AS first_change_at,
                max(last_change_at) AS last_change_at,
                max(last_correction_at) AS last_correction_at,
                sum(power(2, age)) AS warmth
            FROM (
                SELECT
                    change.resource_id,
                    (array_agg(environment ORDER BY at DESC, run_id DESC, ordinal DESC))[1] AS environment,
                    count(*) FILTER (WHERE status = 1) AS changes,
                    count(*) FILTER (WHERE status = 1 AND cause = 1) AS corrections,
                    count(*) FILTER (WHERE status = 2) AS failures,
                    min(at) AS first_change_at,
                    max(at) AS last_change_at,
                    max(at) FILTER (WHERE status = 1 AND cause = 1) AS last_correction_at,
                    EXTRACT(EPOCH FROM max(at) FILTER (WHERE status = 1 AND cause = 1) - taken.ends_at)::double precision
                        / %(half_life_seconds)s AS age
                FROM
                    change
                WHERE
                    change.node_id = taken.node_id
                    AND change.at >= taken.begins_at
                    AND change.at < taken.ends_at
                    AND change.status IN (1, 2)
                GROUP BY
                    change.resource_id,
                    date_trunc('hour', change.at, 'UTC')
            ) AS hours
            GROUP BY
                resource_id
        ) AS acted
),
gone AS (
    DELETE FROM node_resource_day
    USING taken
    WHERE
        node_resource_day.node_id = taken.node_id
        AND node_resource_day.day = taken.day
        -- NOT IN, for it is always hashed: a run of thousands of changes is more than the planner reckons with.
        AND (node_resource_day.node_id, node_resource_day.resource_id, node_resource_day.day) NOT IN (
            SELECT
                node_id,
                resource_id,
                day
            FROM
                counted
        )
    RETURNING
        node_resource_day.node_id,
        node_resource_day.resource_id,
        node_resource_day.day
),
kept AS (
    INSERT INTO node_resource_day AS kept (
        node_id, resource_id, day, environment, changes, corrections, failures, first_change_at, last_change_at,
        last_correction_at, heat
    )
    SELECT
        node_id,
        resource_id,
        day,
        environment,
        changes,
        corrections,
        failures,
        first_change_at,
        last_change_at,
        last_correction_at,
        heat
    FROM
        counted
    ON CONFLICT (node_id, resource_id, day) DO UPDATE SET
        environment = excluded.environment,
        changes = excluded.changes,
        corrections = excluded.corrections,
        failures = excluded.failures,
        first_change_at = excluded.first_change_at,
        last_change_at = excluded.last_change_at,
        last_correction_at = excluded.last_correction_at,
        heat = excluded.heat
    WHERE
        (
            kept.environment, kept.changes, kept.corrections, kept.failures, kept.first_change_at, kept.last_change_at,
            kept.last_correction_at, kept.heat
        ) IS DISTINCT FROM (
            excluded.environment, excluded.changes, excluded.corrections, excluded.failures, excluded.first_change_at,
            excluded.last_change_at, excluded.last_correction_at, excluded.heat
        )
    RETURNING
        kept.node_id,
        kept.resource_id,
        kept.day
)
SELECT
    node_id,
    resource_id,
    day
FROM
    gone
UNION
SELECT
    node_id,
    resource_id,
    day
FROM
    kept
