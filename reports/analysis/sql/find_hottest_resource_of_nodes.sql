-- Which resource is the hottest on each of these nodes, and how does it behave there?
-- Parameters: node_ids bigint[].
-- Index: node_resource_hottest; primary key of resource.
SELECT
    asked.node_id,
    resource.type,
    resource.title,
    hottest.pattern,
    hottest.evidence
FROM
    unnest(%(node_ids)s::bigint[]) AS asked (node_id)
    CROSS JOIN LATERAL (
        SELECT
            *
        FROM
            node_resource
        WHERE
            node_resource.node_id = asked.node_id
            AND node_resource.heat IS NOT NULL
        ORDER BY
            node_resource.heat DESC
        LIMIT 1
    ) AS hottest
    JOIN resource ON resource.id = hottest.resource_id
