-- On which node is each of these resources the hottest, and how does it behave there?
-- Parameters: resource_ids bigint[].
-- Index: node_resource_hottest_on; primary keys of resource and node_state.
SELECT
    resource.id,
    resource.type,
    resource.title,
    node_state.site,
    node_state.name,
    hottest.pattern,
    hottest.evidence
FROM
    unnest(%(resource_ids)s::bigint[]) AS asked (resource_id)
    JOIN resource ON resource.id = asked.resource_id
    LEFT JOIN LATERAL (
        SELECT
            *
        FROM
            node_resource
        WHERE
            node_resource.resource_id = asked.resource_id
            AND node_resource.heat IS NOT NULL
        ORDER BY
            node_resource.heat DESC
        LIMIT 1
    ) AS hottest ON true
    LEFT JOIN node_state ON node_state.node_id = hottest.node_id
