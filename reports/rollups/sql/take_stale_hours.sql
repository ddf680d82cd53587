-- Which hours of the fleet are to be counted again?
-- Parameters: marked_before timestamptz or NULL: leave those alone whose first mark is younger; most integer.
-- Index: primary key of stale_hour; a handful of rows.
SELECT
    hour,
    marks
FROM
    stale_hour
WHERE
    %(marked_before)s::timestamptz IS NULL
    OR marked_at < %(marked_before)s::timestamptz
ORDER BY
    hour
LIMIT %(most)s
