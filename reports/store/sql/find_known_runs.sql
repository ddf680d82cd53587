-- Which of these runs are stored, where, and how rich was their report? Under any node: the caller looks at the node.
-- Parameters: ids uuid[] (as text).
-- Index: run_id in every partition. Looking in all of them is what catches a run whose time was told differently.
SELECT
    node_id,
    id,
    at,
    richness
FROM
    run
WHERE
    id = ANY (%(ids)s::uuid[])
