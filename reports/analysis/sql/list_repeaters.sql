-- Which resources change in nearly every run, on how many nodes, and what shows it?
-- Costs one index entry for each node and resource that repeats. Names are looked up by key, as in list_fleet_events.sql.
-- Parameters: since timestamptz (what has not changed since is mended), "limit" integer.
-- Index: node_resource_pattern; primary key of resource.
WITH repeating AS MATERIALIZED (
    SELECT
        resource_id,
        count(*) AS nodes,
        sum(changes)::bigint AS changes,
        max(last_change_at) AS last_change_at
    FROM
        node_resource
    WHERE
        pattern = 4 -- repeater
        AND last_change_at >= %(since)s
    GROUP BY
        resource_id
    ORDER BY
        count(*) DESC,
        sum(changes) DESC,
        resource_id
    LIMIT
        %(limit)s
)
SELECT
    repeating.resource_id,
    named.type,
    named.title,
    repeating.nodes,
    repeating.changes,
    repeating.last_change_at,
    shown.evidence,
    node_state.site,
    node_state.name
FROM
    repeating
    CROSS JOIN LATERAL (
        SELECT
            resource.type,
            resource.title
        FROM
            resource
        WHERE
            resource.id = repeating.resource_id
        OFFSET 0
    ) AS named
    CROSS JOIN LATERAL (
        SELECT
            *
        FROM
            node_resource
        WHERE
            node_resource.resource_id = repeating.resource_id
            AND node_resource.pattern = 4 -- repeater
            AND node_resource.last_change_at >= %(since)s
        LIMIT 1
    ) AS shown
    LEFT JOIN node_state ON node_state.node_id = shown.node_id
ORDER BY
    repeating.nodes DESC,
    repeating.changes DESC,
    repeating.resource_id
