-- Clear the marks of what was counted, unless more were made meanwhile. A mark that a writer holds is being made.
-- Parameters, columns of equal length: node_ids bigint[], days date[], marks integer[].
-- Index: primary key of stale_day.
WITH counted AS (
    SELECT
        stale_day.node_id,
        stale_day.day
    FROM
        unnest(%(node_ids)s::bigint[], %(days)s::date[], %(marks)s::integer[]) AS taken (node_id, day, marks)
        JOIN stale_day ON stale_day.node_id = taken.node_id
            AND stale_day.day = taken.day
            AND stale_day.marks = taken.marks
    FOR UPDATE OF stale_day SKIP LOCKED
)
DELETE FROM stale_day
USING counted
WHERE
    stale_day.node_id = counted.node_id
    AND stale_day.day = counted.day
