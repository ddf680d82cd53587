-- What are these few nodes, what is foretold of them, and which resource is the hottest on each?
-- What repeats is passed over, unless that is what was asked for.
-- Parameters: node_ids bigint[]; pattern integer or NULL: of the resource that is told.
-- Index: primary keys of node_state, node_risk and resource; node_resource_hottest.
SELECT
    node_state.node_id,
    node_state.name,
    node_state.site,
    node_state.environment,
    node_state.heat,
    node_risk.probability,
    COALESCE(node_risk.reasons, '{}') AS reasons,
    resource.type,
    resource.title,
    hottest.pattern,
    hottest.evidence
FROM
    node_state
    LEFT JOIN node_risk ON node_risk.node_id = node_state.node_id
    LEFT JOIN LATERAL (
        SELECT
            *
        FROM
            node_resource
        WHERE
            node_resource.node_id = node_state.node_id
            AND (
                %(pattern)s::integer = node_resource.pattern
                OR %(pattern)s::integer IS NULL
                AND node_resource.heat IS NOT NULL
                AND node_resource.pattern IS DISTINCT FROM 4 -- repeater
            )
        ORDER BY
            node_resource.heat DESC
        LIMIT 1
    ) AS hottest ON true
    LEFT JOIN resource ON resource.id = hottest.resource_id
WHERE
    node_state.node_id = ANY (%(node_ids)s::bigint[])
