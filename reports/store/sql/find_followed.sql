-- Which of these nodes have changes at or after these moments?
-- Parameters, columns of equal length: node_ids bigint[], ats timestamptz[].
-- Index: primary key of change, in the partitions from each moment on: mostly one, and empty ones made ahead.
SELECT
    asked.node_id
FROM
    unnest(%(node_ids)s::bigint[], %(ats)s::timestamptz[]) AS asked (node_id, at)
    CROSS JOIN LATERAL (
        SELECT
        FROM
            change
        WHERE
            change.node_id = asked.node_id
            AND change.at >= asked.at
        LIMIT
            1
    ) AS followed
