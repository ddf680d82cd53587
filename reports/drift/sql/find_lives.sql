-- Which machines have stood behind these nodes' names, the oldest first?
-- Parameters: node_ids bigint[].
-- Index: primary key of node_life; mostly one row a node.
SELECT
    node_id,
    since,
    machine_id,
    tool
FROM
    node_life
WHERE
    node_id = ANY (%(node_ids)s::bigint[])
ORDER BY
    node_id,
    since,
    machine_id,
    tool
