-- The causes of these nodes are to be told again from these moments on. Given sorted, as every writer does.
-- Parameters, columns of equal length: node_ids bigint[], sinces timestamptz[].
-- Index: primary key of stale_cause.
INSERT INTO stale_cause (node_id, since, marks)
SELECT
    marked.node_id,
    marked.since,
    1
FROM
    unnest(%(node_ids)s::bigint[], %(sinces)s::timestamptz[]) AS marked (node_id, since)
ON CONFLICT (node_id) DO UPDATE SET
    since = LEAST(stale_cause.since, excluded.since),
    marks = stale_cause.marks + 1
