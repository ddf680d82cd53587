-- How did these nodes' runs end on these days, and what did they change? Which of the days have, or had, any change?
-- Costs a short range of one node's runs a day; its changes are looked at only where a run failed or changed something.
-- Parameters, columns of equal length: node_ids bigint[], days date[], begins and ends timestamptz[];
-- epoch timestamptz, half_life_seconds double precision and most_an_hour integer of heat.
-- Index: primary keys of run, change and node_day.
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
        ran.*,
        COALESCE(failed.changes, 0) AS failures,
        heated.heat,
        heated.last_correction_at
    FROM
        taken
        CROSS JOIN LATERAL (
            SELECT
                (array_agg(environment ORDER BY at DESC, id DESC) FILTER (WHERE environment IS NOT NULL))[1] AS environment,
                COALESCE(array_agg(DISTINCT tool ORDER BY tool) FILTER (WHERE outcome IS NOT NULL), '{}') AS tools,
                count(*) AS runs,
                count(*) FILTER (WHERE outcome = 6) AS failed,
                count(*) FILTER (WHERE outcome = 5) AS stale_catalog,
                count(*) FILTER (WHERE outcome = 4) AS corrected,
                count(*) FILTER (WHERE outcome = 3) AS changed,
                count(*) FILTER (WHERE outcome = 2) AS pending,
                count(*) FILTER (WHERE outcome = 1) AS unchanged,
                COALESCE(sum(corrective), 0) AS corrections,
                COALESCE(sum(corrective + intended + first_build + repeated + triggered + unknown), 0) AS changes,
                COALESCE(sum(duration_ms), 0) / 1000.0 AS duration_seconds,
                count(corrective) > 0 AS is_eventful
            FROM
                run
            WHERE
                run.node_id = taken.node_id
                AND run.at >= taken.begins_at
                AND run.at < taken.ends_at
        ) AS ran
        LEFT JOIN LATERAL (
            SELECT
                count(*) AS changes
            FROM
                change
            WHERE
                change.node_id = taken.node_id
                AND change.at >= taken.begins_at
                AND change.at < taken.ends_at
                AND change.status = 2
        ) AS failed ON ran.is_eventful
        LEFT JOIN LATERAL (
            -- Counted from the end of the day, so that no power is too large for a double.
            SELECT
                EXTRACT(EPOCH FROM taken.ends_at - %(epoch)s)::double precision / %(half_life_seconds)s
                    + ln(sum(resources * power(2, age))) / ln(2) AS heat,
                max(last_at) AS last_correction_at
            FROM (
                SELECT
                    LEAST(count(DISTINCT change.resource_id), %(most_an_hour)s::integer) AS resources,
                    EXTRACT(EPOCH FROM max(change.at) - taken.ends_at)::double precision / %(half_life_seconds)s AS age,
                    max(change.at) AS last_at
                FROM
                    change
                WHERE
                    change.node_id = taken.node_id
                    AND change.at >= taken.begins_at
                    AND change.at < taken.ends_at
                    AND change.status = 1
                    AND change.cause = 1
                GROUP BY
                    date_trunc('hour', change.at, 'UTC')
            ) AS hours
    ) AS heated ON ran.corrections > 0
),
before AS (
    SELECT
        node_day.node_id,
        node_day.day
    FROM
        taken
        JOIN node_day ON node_day.node_id = taken.node_id
            AND node_day.day = taken.day
    WHERE
        node_day.changes + node_day.failures > 0
),
gone AS (
    DELETE FROM node_day
    USING counted
    WHERE
        counted.runs = 0
        AND node_day.node_id = counted.node_id
        AND node_day.day = counted.day
),
kept AS (
    INSERT INTO node_day (
        node_id, day, environment, tools, runs, failed, stale_catalog, corrected, changed, pending, unchanged,
        corrections, changes, failures, duration_seconds, heat, last_correction_at
    )
    SELECT
        node_id,
        day,
        environment,
        tools,
        runs,
        failed,
        stale_catalog,
        corrected,
        changed,
        pending,
        unchanged,
        corrections,
        changes,
        failures,
        duration_seconds,
        heat,
        last_correction_at
    FROM
        counted
    WHERE
        runs > 0
    ON CONFLICT (node_id, day) DO UPDATE SET
        environment = excluded.environment,
        tools = excluded.tools,
        runs = excluded.runs,
        failed = excluded.failed,
        stale_catalog = excluded.stale_catalog,
        corrected = excluded.corrected,
        changed = excluded.changed,
        pending = excluded.pending,
        unchanged = excluded.unchanged,
        corrections = excluded.corrections,
        changes = excluded.changes,
        failures = excluded.failures,
        duration_seconds = excluded.duration_seconds,
        heat = excluded.heat,
        last_correction_at = excluded.last_correction_at
)
SELECT
    node_id,
    day
FROM
    before
UNION
SELECT
    node_id,
    day
FROM
    counted
WHERE
    changes + failures > 0
