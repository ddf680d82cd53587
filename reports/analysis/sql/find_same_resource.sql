-- On which other nodes is the same resource hottest? Those of this node's environment first, out of the hottest so many.
-- Parameters: resource_id, except_node bigint; environment text or NULL; looked_at and "limit" integer.
-- Index: node_resource_resource (a row for each node that has the resource); the primary key of node_state.
SELECT
    hottest.node_id
FROM (
    SELECT
        node_id,
        heat,
        last_change_at
    FROM
        node_resource
    WHERE
        resource_id = %(resource_id)s::bigint
        AND node_id <> %(except_node)s::bigint
    ORDER BY
        heat DESC NULLS LAST,
        last_change_at DESC,
        node_id
    LIMIT
        %(looked_at)s::integer
) AS hottest
LEFT JOIN node_state ON node_state.node_id = hottest.node_id
ORDER BY
    (node_state.node_id IS NOT NULL AND node_state.environment IS NOT DISTINCT FROM %(environment)s::text) DESC,
    hottest.heat DESC NULLS LAST,
    hottest.last_change_at DESC,
    hottest.node_id
LIMIT
    %(limit)s::integer
