-- How do these nodes stand by now?
-- A tool counts while it finished a run within fourteen days of the node's newest day: one that was given up does not
-- keep a node failed for ever. Costs, a node: its two newest runs, the day rows of a fortnight, and a part of one day's
-- runs for each tool. Of the roles that tools tell the newest counts.
-- Parameters: node_ids bigint[], each once.
-- A failed one also what failed in its last run. Index: primary keys of node, run (backward), run_detail, change,
-- node_day and inventory; node_day_corrected; node_resource_hottest.
INSERT INTO node_state (
    node_id, site, name, environment, tools, status, is_clock_wrong, first_seen_at, last_received_at, last_run_at,
    last_run_id, unfinished_since, failure, heat, last_correction_at, role
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
    CASE
        WHEN worst.outcome >= 5 THEN COALESCE(culprit.resource_id, hashtextextended(said.message, 0), 0) -- stale, failed
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
        -- Of the whole run, without what differs from node to node and from run to run.
        SELECT
            regexp_replace(
                replace(left(run_detail.message, 2000), node.name, ''), '[0-9a-f]*[0-9][0-9a-f.:-]*', '', 'gi'
            ) AS message
        FROM
            run_detail
        WHERE
            worst.outcome >= 5 -- stale_catalog, failed
            AND run_detail.node_id = node.id
            AND run_detail.at = worst.at
            AND run_detail.run_id = worst.id
            AND run_detail.message <> ''
    ) AS said ON true
    LEFT JOIN LATERAL (
        -- The first that failed, for it may have taken others along. A tool that speaks of the whole run stopped at the
        -- last: what failed before it did so by leave of the code.
        SELECT
            change.resource_id
        FROM
            change
        WHERE
            worst.outcome >= 5
            AND change.node_id = node.id
            AND change.at = worst.at
            AND change.run_id = worst.id
            AND change.status = 2 -- failed
        ORDER BY
            CASE
                WHEN said.message IS NULL THEN change.ordinal
                ELSE -change.ordinal
            END
        LIMIT 1
    ) AS culprit ON true
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
    failure = excluded.failure,
    heat = excluded.heat,
    last_correction_at = excluded.last_correction_at,
    role = excluded.role
