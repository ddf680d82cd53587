-- Which corrections of these resources began in these stretches of time, on many nodes of an environment at about one
-- time? Chains of corrections without a long gap, that end soon, and that are more than is usual for the resource.
-- Of a node counts only what comes after a rest: what is put right again and again is no news, and would tie chains
-- together. Usual is the middle one of the seven days before.
-- Costs the corrections of the stretches, asked only for resources that were corrected on enough nodes about that time.
-- Parameters, columns of equal length, stretches of one resource apart from each other: resource_ids bigint[], begins
-- and ends timestamptz[]; gap, rest and longest interval; fewest integer, nodes; times_usual integer.
-- Index: change_resource; primary keys of resource_day and fleet_event.
WITH asked AS (
    SELECT
        *
    FROM
        unnest(%(resource_ids)s::bigint[], %(begins)s::timestamptz[], %(ends)s::timestamptz[])
            AS asked (resource_id, begins_at, ends_at)
),
likely AS (
    SELECT
        *
    FROM
        asked
    WHERE (
        SELECT
            COALESCE(sum(corrected_nodes), 0) >= %(fewest)s::integer
        FROM
            resource_day
        WHERE
            resource_day.resource_id = asked.resource_id
            AND resource_day.day >= (asked.begins_at AT TIME ZONE 'UTC')::date
            AND resource_day.day <= ((asked.ends_at + %(longest)s::interval) AT TIME ZONE 'UTC')::date
    )
),
corrected AS (
    SELECT
        likely.resource_id,
        likely.begins_at,
        likely.ends_at,
        correction.*
    FROM
        likely
        CROSS JOIN LATERAL (
            SELECT
                node_id,
                COALESCE(environment, '') AS environment,
                at,
                at - lag(at) OVER (PARTITION BY node_id ORDER BY at) AS rested
            FROM
                change
            WHERE
                change.resource_id = likely.resource_id
                AND change.at >= likely.begins_at - %(gap)s::interval - %(rest)s::interval
                AND change.at < likely.ends_at + %(longest)s::interval + %(gap)s::interval
                AND change.status = 1
                AND change.cause = 1
        ) AS correction
),
fresh AS (
    SELECT
        *,
        at - lag(at) OVER (PARTITION BY resource_id, begins_at, environment ORDER BY at) AS gap
    FROM
        corrected
    WHERE
        (rested IS NULL OR rested > %(rest)s::interval)
        AND at >= begins_at - %(gap)s::interval
),
linked AS (
    SELECT
        *,
        count(*) FILTER (WHERE gap IS NULL OR gap > %(gap)s::interval) OVER (
            PARTITION BY resource_id, begins_at, environment ORDER BY at
        ) AS chain
    FROM
        fresh
),
chains AS (
    SELECT
        resource_id,
        environment,
        min(at) AS started_at,
        max(at) AS ended_at,
        count(DISTINCT node_id) AS fresh_nodes
    FROM
        linked
    GROUP BY
        resource_id,
        begins_at,
        ends_at,
        environment,
        chain
    HAVING
        min(at) >= begins_at
        AND min(at) < ends_at
        AND max(at) - min(at) <= %(longest)s::interval
        AND count(DISTINCT node_id) >= %(fewest)s::integer
),
counted AS (
    SELECT
        chains.resource_id,
        chains.environment,
        chains.started_at,
        chains.ended_at,
        held.nodes,
        held.corrections
    FROM
        chains
        CROSS JOIN LATERAL (
            SELECT
                percentile_disc(0.5) WITHIN GROUP (ORDER BY COALESCE(resource_day.corrected_nodes, 0)) AS nodes_a_day
            FROM
                generate_series(1, 7) AS back
                LEFT JOIN resource_day ON resource_day.resource_id = chains.resource_id
                    AND resource_day.environment = chains.environment
                    AND resource_day.day = (chains.started_at AT TIME ZONE 'UTC')::date - back
        ) AS usual
        CROSS JOIN LATERAL (
            SELECT
                count(DISTINCT node_id) AS nodes,
                count(*) AS corrections
            FROM
                corrected
            WHERE
                corrected.resource_id = chains.resource_id
                AND corrected.environment = chains.environment
                AND corrected.at BETWEEN chains.started_at AND chains.ended_at
        ) AS held
    WHERE
        chains.fresh_nodes >= %(fewest)s::integer + %(times_usual)s::integer * usual.nodes_a_day
            * EXTRACT(EPOCH FROM chains.ended_at - chains.started_at + %(gap)s::interval) / 86400
),
gone AS (
    DELETE FROM fleet_event
    USING asked
    WHERE
        fleet_event.resource_id = asked.resource_id
        AND fleet_event.started_at >= asked.begins_at
        AND fleet_event.started_at < asked.ends_at
        AND NOT EXISTS (
            SELECT
            FROM
                counted
            WHERE
                counted.resource_id = fleet_event.resource_id
                AND counted.environment = fleet_event.environment
                AND counted.started_at = fleet_event.started_at
        )
)
INSERT INTO fleet_event (resource_id, environment, started_at, ended_at, nodes, corrections)
SELECT
    resource_id,
    environment,
    started_at,
    ended_at,
    nodes,
    corrections
FROM
    counted
ON CONFLICT (resource_id, environment, started_at) DO UPDATE SET
    ended_at = excluded.ended_at,
    nodes = excluded.nodes,
    corrections = excluded.corrections
