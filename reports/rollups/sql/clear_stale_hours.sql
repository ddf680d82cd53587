-- Clear the marks of hours that were counted, unless more were made meanwhile. A mark that a writer holds is being made.
-- Parameters, columns of equal length: hours timestamptz[], marks integer[].
-- Index: primary key of stale_hour.
WITH counted AS (
    SELECT
        stale_hour.hour
    FROM
        unnest(%(hours)s::timestamptz[], %(marks)s::integer[]) AS taken (hour, marks)
        JOIN stale_hour ON stale_hour.hour = taken.hour
            AND stale_hour.marks = taken.marks
    FOR UPDATE OF stale_hour SKIP LOCKED
)
DELETE FROM stale_hour
USING counted
WHERE
    stale_hour.hour = counted.hour
