-- Take out runs with all that hangs on them, because a richer report of each stands ready. Which changes went?
-- Parameters, columns of equal length: node_ids bigint[], ats timestamptz[], run_ids uuid[] (as text).
-- Index: the primary keys of run, run_detail and change, in the one partition of each time.
WITH gone AS (
    SELECT
        *
    FROM
        unnest(%(node_ids)s::bigint[], %(ats)s::timestamptz[], %(run_ids)s::uuid[]) AS gone (node_id, at, run_id)
),
details AS (
    DELETE FROM run_detail
    USING gone
    WHERE
        run_detail.node_id = gone.node_id
        AND run_detail.at = gone.at
        AND run_detail.run_id = gone.run_id
),
runs AS (
    DELETE FROM run
    USING gone
    WHERE
        run.node_id = gone.node_id
        AND run.at = gone.at
        AND run.id = gone.run_id
)
DELETE FROM change
USING gone
WHERE
    change.node_id = gone.node_id
    AND change.at = gone.at
    AND change.run_id = gone.run_id
RETURNING
    change.node_id,
    change.at,
    change.run_id,
    change.likeness
