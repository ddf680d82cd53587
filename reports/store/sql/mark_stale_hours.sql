-- These hours of the fleet are to be counted again. Given sorted, as every writer does.
-- Parameters: hours timestamptz[].
-- Index: primary key of stale_hour.
INSERT INTO stale_hour (hour, marks)
SELECT
    marked.hour,
    1
FROM
    unnest(%(hours)s::timestamptz[]) AS marked (hour)
ON CONFLICT (hour) DO UPDATE SET
    marks = stale_hour.marks + 1
