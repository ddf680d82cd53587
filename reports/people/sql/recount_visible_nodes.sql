-- Let the members of one group see these nodes and no others. What is so already is not touched.
-- Costs one look-up a node that is or was seen.
-- Parameters: group_id bigint, node_ids bigint[].
-- Index: primary key of visible_node.
WITH gone AS (
    DELETE FROM visible_node
    WHERE
        group_id = %(group_id)s::bigint
        AND NOT EXISTS (
            SELECT
            FROM
                unnest(%(node_ids)s::bigint[]) AS wanted (node_id)
            WHERE
                wanted.node_id = visible_node.node_id
        )
)
INSERT INTO visible_node (group_id, node_id)
SELECT
    %(group_id)s::bigint,
    wanted.node_id
FROM
    unnest(%(node_ids)s::bigint[]) AS wanted (node_id)
ON CONFLICT (group_id, node_id) DO NOTHING
