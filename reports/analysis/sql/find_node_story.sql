-- All that is told of one node beside its state and its runs: its risk, its days from one on, the resources that changed
-- on it (most corrected first), what it is made of as each tool tells it, and the machines that stood behind its name.
-- Each of the lists is one JSON array, NULL where it is empty: one question instead of seven.
-- Parameters: node_id bigint; since date; most_resources integer, NULL for all of them.
-- Index: the primary keys of node_risk, node_day, node_resource, resource, inventory and node_life: the node's own rows.
SELECT
    (SELECT probability FROM node_risk WHERE node_id = %(node_id)s::bigint),
    (SELECT reasons FROM node_risk WHERE node_id = %(node_id)s::bigint),
    (
        SELECT
            jsonb_agg(to_jsonb(told) ORDER BY told.day)
        FROM (
            SELECT
                day,
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
                duration_seconds
            FROM
                node_day
            WHERE
                node_id = %(node_id)s::bigint
                AND day >= %(since)s::date
        ) AS told
    )::text,
    (
        SELECT
            jsonb_agg(to_jsonb(told) - 'place' ORDER BY told.place)
        FROM (
            SELECT
                kept.resource_id,
                resource.type,
                resource.title,
                kept.corrections,
                kept.changes,
                kept.failures,
                kept.first_change_at,
                kept.last_change_at,
                kept.last_correction_at,
                kept.pattern,
                kept.evidence AS reason,
                kept.place
            FROM (
                SELECT
                    *,
                    row_number() OVER (ORDER BY corrections DESC, changes DESC, last_change_at DESC, resource_id) AS place
                FROM
                    node_resource
                WHERE
                    node_id = %(node_id)s::bigint
                ORDER BY
                    place
                LIMIT
                    %(most_resources)s::integer
            ) AS kept
            JOIN resource ON resource.id = kept.resource_id
        ) AS told
    )::text,
    (
        SELECT
            jsonb_agg(to_jsonb(told) ORDER BY told.tool)
        FROM (
            SELECT
                tool,
                coalesce(facts, '{}') AS facts,
                facts_at,
                coalesce(packages, '{}') AS packages,
                packages_at
            FROM
                inventory
            WHERE
                node_id = %(node_id)s::bigint
        ) AS told
    )::text,
    (
        SELECT
            jsonb_agg(to_jsonb(told) ORDER BY told.since, told.tool)
        FROM (
            SELECT
                machine,
                since,
                tool
            FROM
                node_life
            WHERE
                node_id = %(node_id)s::bigint
        ) AS told
    )::text
