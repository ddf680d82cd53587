-- Take out lives whose beginning turned out to be earlier.
-- Parameters, columns of equal length: node_ids bigint[], tools text[], machine_ids bigint[], sinces timestamptz[].
-- Index: primary key of node_life.
DELETE FROM node_life
USING
    unnest(
        %(node_ids)s::bigint[], %(tools)s::text[], %(machine_ids)s::bigint[], %(sinces)s::timestamptz[]
    ) AS gone (node_id, tool, machine_id, since)
WHERE
    node_life.node_id = gone.node_id
    AND node_life.tool = gone.tool
    AND node_life.machine_id = gone.machine_id
    AND node_life.since = gone.since
