-- Which nodes' causes are to be told again, from when on? Locks the nodes; one that a writer holds is left for later.
-- Parameters: most integer.
-- Index: primary keys of stale_cause, in its order, and of node.
SELECT
    stale_cause.node_id,
    stale_cause.since,
    stale_cause.marks
FROM
    stale_cause
    JOIN node ON node.id = stale_cause.node_id
ORDER BY
    stale_cause.node_id
LIMIT
    %(most)s
FOR UPDATE OF
    node SKIP LOCKED
