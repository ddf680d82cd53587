-- What is kept of these nodes' facts and packages, and of what the facts say of their roles?
-- Parameters: node_ids bigint[].
-- Index: primary key of inventory; a row a node and tool.
SELECT
    node_id,
    tool,
    facts,
    facts_at,
    packages,
    packages_at,
    role
FROM
    inventory
WHERE
    node_id = ANY (%(node_ids)s::bigint[])
