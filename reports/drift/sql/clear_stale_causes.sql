-- Clear the marks of nodes whose causes were told, unless more were made meanwhile. One that a writer holds is being made.
-- Parameters, columns of equal length: node_ids bigint[], marks integer[].
-- Index: primary key of stale_cause.
WITH told AS (
    SELECT
        stale_cause.node_id
    FROM
        unnest(%(node_ids)s::bigint[], %(marks)s::integer[]) AS taken (node_id, marks)
        JOIN stale_cause ON stale_cause.node_id = taken.node_id
            AND stale_cause.marks = taken.marks
    FOR UPDATE OF stale_cause SKIP LOCKED
)
DELETE FROM stale_cause
USING told
WHERE
    stale_cause.node_id = told.node_id
