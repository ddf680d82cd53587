-- What was the last correction of each of these few nodes or resources in a window, and why is it said to be one?
-- Of a node that of its named resource, where this was corrected in the window; of a resource on any node.
-- Costs for a node its changes in the window, for a resource those back to its last correction.
-- Parameters: keys bigint[] and hottest bigint[] (0: none named), side by side; is_node boolean: keys are of nodes, else
--   of resources; since and until timestamptz (until is not in it); environment text or NULL (any).
-- Index: primary key of change; change_resource; primary keys of resource and node.
SELECT
    asked.key,
    resource.type || '[' || resource.title || ']' AS resource,
    node.name,
    found.at,
    found.cause,
    found.cause_source,
    found.reason,
    found.property,
    CASE WHEN found.is_sensitive THEN NULL ELSE left(found.old, 200) END AS old,
    CASE WHEN found.is_sensitive THEN NULL ELSE left(found.new, 200) END AS new
FROM
    unnest(%(keys)s::bigint[], %(hottest)s::bigint[]) AS asked (key, hottest)
    CROSS JOIN LATERAL (
        (
            SELECT
                *
            FROM
                change
            WHERE
                %(is_node)s::boolean
                AND change.node_id = asked.key
                AND change.at >= %(since)s::timestamptz
                AND change.at < %(until)s::timestamptz
                AND change.cause = 1 -- corrective
                AND change.status = 1 -- success
                AND (%(environment)s::text IS NULL OR change.environment = %(environment)s)
            ORDER BY
                change.resource_id = asked.hottest DESC,
                change.at DESC,
                change.run_id,
                change.ordinal
            LIMIT 1
        )
        UNION ALL
        (
            SELECT
                *
            FROM
                change
            WHERE
                NOT %(is_node)s::boolean
                AND change.resource_id = asked.key
                AND change.at >= %(since)s::timestamptz
                AND change.at < %(until)s::timestamptz
                AND change.cause = 1 -- corrective
                AND change.status = 1 -- success
                AND (%(environment)s::text IS NULL OR change.environment = %(environment)s)
            ORDER BY
                change.at DESC
            LIMIT 1
        )
    ) AS found
    JOIN resource ON resource.id = found.resource_id
    JOIN node ON node.id = found.node_id
