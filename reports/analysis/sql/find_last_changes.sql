-- The first change that one resource made on each of these nodes at each one's moment, the two given as columns of
-- equal length. Values are cut after 120 characters.
-- Parameters: resource_id bigint, node_ids bigint[], ats timestamptz[].
-- Index: the primary key of change, one descent a node, in the one partition that holds it.
SELECT
    newest.*
FROM
    unnest(%(node_ids)s::bigint[], %(ats)s::timestamptz[]) AS wanted (node_id, at)
    CROSS JOIN LATERAL (
        SELECT
            change.node_id,
            change.at,
            change.run_id,
            change.ordinal,
            change.status,
            change.cause,
            change.cause_source,
            change.property,
            CASE WHEN length(change.old) > 120 THEN left(change.old, 120) || '…' ELSE change.old END,
            CASE WHEN length(change.new) > 120 THEN left(change.new, 120) || '…' ELSE change.new END,
            change.diff IS NOT NULL,
            change.is_sensitive,
            change.defined_at,
            change.reason
        FROM
            change
        WHERE
            change.node_id = wanted.node_id
            AND change.at = wanted.at
            AND change.resource_id = %(resource_id)s::bigint
        ORDER BY
            change.ordinal
        LIMIT
            1
    ) AS newest
