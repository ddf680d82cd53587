-- These days of these nodes are to be counted again. Given sorted, as every writer does.
-- DO UPDATE, not DO NOTHING: a mark that a recount is about to clear would swallow the new one.
-- Parameters, columns of equal length: node_ids bigint[], days date[], sinces timestamptz[].
-- Index: primary key of stale_day.
INSERT INTO stale_day (node_id, day, marks, since)
SELECT
    marked.node_id,
    marked.day,
    1,
    marked.since
FROM
    unnest(%(node_ids)s::bigint[], %(days)s::date[], %(sinces)s::timestamptz[]) AS marked (node_id, day, since)
ON CONFLICT (node_id, day) DO UPDATE SET
    marks = stale_day.marks + 1,
    -- LEAST passes NULL over, which stands for midnight here.
    since = CASE
        WHEN stale_day.since IS NOT NULL THEN LEAST(stale_day.since, excluded.since)
    END
