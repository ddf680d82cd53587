-- Which days of which nodes are to be counted again?
-- Parameters: most integer.
-- Index: primary key of stale_day.
SELECT
    node_id,
    day,
    marks
FROM
    stale_day
ORDER BY
    node_id,
    day
LIMIT %(most)s
