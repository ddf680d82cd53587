-- These days of these nodes are to be counted again. Given sorted, as every writer does.
-- DO UPDATE, not DO NOTHING: a mark that a recount is about to clear would swallow the new one.
-- Parameters, columns of equal length: node_ids bigint[], days date[].
-- Index: primary key of stale_day.
INSERT INTO stale_day (node_id, day, marks)
SELECT
    marked.node_id,
    marked.day,
    1
FROM
    unnest(%(node_ids)s::bigint[], %(days)s::date[]) AS marked (node_id, day)
ON CONFLICT (node_id, day) DO UPDATE SET
    marks = stale_day.marks + 1
