-- The newest changes of one resource on one node, newest first. Values are cut after 120 characters.
-- Parameters: node_id and resource_id bigint, most integer.
-- Index: change_node_resource (node_id, resource_id, at), from its end.
SELECT
    at,
    run_id,
    ordinal,
    status,
    cause,
    property,
    CASE WHEN length(old) > 120 THEN left(old, 120) || '…' ELSE old END AS old,
    CASE WHEN length(new) > 120 THEN left(new, 120) || '…' ELSE new END AS new,
    diff IS NOT NULL AS has_diff,
    is_sensitive
FROM
    change
WHERE
    node_id = %(node_id)s::bigint
    AND resource_id = %(resource_id)s::bigint
ORDER BY
    at DESC,
    run_id DESC,
    ordinal DESC
LIMIT
    %(most)s::integer
