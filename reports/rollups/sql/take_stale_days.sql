-- Which days of which nodes are to be counted again, and since when is each of them stale? NULL: all of it, on purpose.
-- Parameters: most integer.
-- Index: primary key of stale_day.
SELECT
    node_id,
    day,
    marks,
    since
FROM
    stale_day
ORDER BY
    node_id,
    day
LIMIT %(most)s
