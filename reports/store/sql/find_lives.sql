-- Which machines have stood behind these nodes' names?
-- Parameters: node_ids bigint[].
-- Index: primary key of node_life; mostly one row a node.
SELECT
    node_id,
    tool,
    machine_id,
    since,
    machine
FROM
    node_life
WHERE
    node_id = ANY (%(node_ids)s::bigint[])
