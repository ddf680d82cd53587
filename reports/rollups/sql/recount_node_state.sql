-- How do these nodes stand by now?
-- A tool counts while it finished a run within fourteen days of the node's newest day: one that was given up does not
-- keep a node failed for ever. Costs, a node: its two newest runs, the day rows of a fortnight, and a part of one day's
-- runs for each tool. Of the roles that tools tell the newest counts.
-- Parameters: node_ids bigint[], each once.
-- Index: primary keys of node, run (backward), node_day and inventory; node_day_corrected; node_resource_hottest.
INSERT INTO node_state (
    node_id, site, name, environment, tools, status, is_clock_wrong, first_seen_at, last_received_at, last_run_at,
    last_run_id, unfinished_since, heat, last_correction_at, role
)
SELECT
    node.id,
    node.site,
    node.name,
    COALESCE(newest.environment, worst.environment),
    COALESCE(finished.tools, array_remove(ARRAY[newest.tool], NULL)),
    worst.outcome,
    newest.claimed_at IS NOT NULL,
    node.first_seen_at,
    CASE
        -- A day late: imported, unless it came as long after the run before it as it says to have run after it. Then
        -- the node's clock is behind, and the node is heard of as runs come in.
        WHEN newest.received_at > newest.at + interval '1 day'
            AND (newest.received_at - previous.received_at >= (newest.at - previous.at) / 2) IS NOT TRUE THEN newest.at
        ELSE COALESCE(newest.received_at, node.last_seen_at)
    END,
    worst.at,
    worst.id,
    CASE
        WHEN newest.outcome IS NULL THEN newest.at
    END,
    -- Less what repeats; what is left of two roundings is nothing.
    CASE
        WHEN repeating.share IS NULL THEN warm.heat
        WHEN repeating.share < 0.98 THEN warm.heat + ln(1 - repeating.share) / ln(2)
    END,
    warm.last_correction_at,
    told.role
FROM
    node
    LEFT JOIN LATERAL (
        SELECT
            *
        FROM
            run
        WHERE
            run.node_id = node.id
        ORDER BY
            run.at DESC,
            run.id DESC
        LIMIT 1
    ) AS newest ON true
    LEFT JOIN LATERAL (
        SELECT
            run.at,
            run.received_at
        FROM
            run
        WHERE
            run.node_id = node.id
            AND run.at < newest.at
        ORDER BY
            run.at DESC
        LIMIT 1
    ) AS previous ON true
    LEFT JOIN LATERAL (
        SELECT
            array_agg(tool ORDER BY tool) AS tools,
            array_agg(day ORDER BY tool) AS days
        FROM (
            SELECT
                tool,
                max(node_day.day) AS day
            FROM
                node_day
                CROSS JOIN LATERAL unnest(node_day.tools) AS tool
            WHERE
                node_day.node_id = node.id
                AND node_day.day > (newest.at AT TIME ZONE 'UTC')::date - 14
            GROUP BY
                tool
        ) AS lately
    ) AS finished ON true
    LEFT JOIN LATERAL (
        SELECT
            last_run.*
        FROM
            unnest(finished.tools, finished.days) AS lately (tool, day)
            CROSS JOIN LATERAL (
                SELECT
                    *
                FROM
                    run
                WHERE
                    run.node_id = node.id
                    AND run.at >= lately.day::timestamp AT TIME ZONE 'UTC'
                    AND run.at < (lately.day + 1)::timestamp AT TIME ZONE 'UTC'
                    AND run.tool = lately.tool
                    AND run.outcome IS NOT NULL
                ORDER BY
                    run.at DESC,
                    run.id DESC
                LIMIT 1
            ) AS last_run
        ORDER BY
            last_run.outcome DESC,
            last_run.at DESC,
            last_run.id DESC
        LIMIT 1
    ) AS worst ON true
    LEFT JOIN LATERAL (
        -- Logarithms added; what is 2^60 times smaller than the hottest day does not show.
        SELECT
            max(hottest) + ln(sum(power(2, GREATEST(heat - hottest, -60)))) / ln(2) AS heat,
            max(last_correction_at) AS last_correction_at
        FROM (
            SELECT
                node_day.heat,
                node_day.last_correction_at,
                max(node_day.heat) OVER () AS hottest
            FROM
                node_day
            WHERE
                node_day.node_id = node.id
                AND node_day.corrections > 0
        ) AS days
    ) AS warm ON true
    LEFT JOIN LATERAL (
        SELECT
            sum(power(2, GREATEST(node_resource.heat - warm.heat, -60))) AS share
        FROM
            node_resource
        WHERE
            node_resource.node_id = node.id
            AND node_resource.heat IS NOT NULL
            AND node_resource.pattern = 4 -- repeater
    ) AS repeating ON true
    LEFT JOIN LATERAL (
        SELECT
            inventory.role
        FROM
            inventory
        WHERE
            inventory.node_id = node.id
            AND inventory.role IS NOT NULL
        ORDER BY
            inventory.facts_at DESC,
            inventory.tool
        LIMIT 1
    ) AS told ON true
WHERE
    node.id = ANY (%(node_ids)s::bigint[])
ON CONFLICT (node_id) DO UPDATE SET
    environment = excluded.environment,
    tools = excluded.tools,
    status = excluded.status,
    is_clock_wrong = excluded.is_clock_wrong,
    first_seen_at = excluded.first_seen_at,
    last_received_at = excluded.last_received_at,
    last_run_at = excluded.last_run_at,
    last_run_id = excluded.last_run_id,
    unfinished_since = excluded.unfinished_since,
    heat = excluded.heat,
    last_correction_at = excluded.last_correction_at,
    role = excluded.role
