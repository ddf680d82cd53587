-- Which resource does each node keep correcting by a clock, or between two owners, and how do we know?
-- The hottest one of each node. Costs one pass over node_resource.
-- Parameters: since timestamptz, of the last change; patterns integer[], see reports.run.Pattern.
-- Index: none for the pass; primary key of resource.
SELECT DISTINCT ON (node_resource.node_id)
    node_resource.node_id,
    resource.type,
    resource.title,
    node_resource.evidence
FROM
    node_resource
    JOIN resource ON resource.id = node_resource.resource_id
WHERE
    node_resource.pattern = ANY (%(patterns)s::integer[])
    AND node_resource.corrections > 0
    AND node_resource.last_change_at >= %(since)s::timestamptz
    AND node_resource.evidence IS NOT NULL
ORDER BY
    node_resource.node_id,
    node_resource.heat DESC NULLS LAST,
    node_resource.resource_id
