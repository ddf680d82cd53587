-- Which days of which nodes are to be counted again, and since when is each of them stale?
-- Parameters: most integer.
-- Index: primary key of stale_day.
SELECT
    node_id,
    day,
    marks,
    COALESCE(since, day::timestamp AT TIME ZONE 'UTC')
FROM
    stale_day
ORDER BY
    node_id,
    day
LIMIT %(most)s
