-- The code version of the runs with these keys, the keys given as three columns of equal length.
-- Parameters: node_ids bigint[], ats timestamptz[], ids uuid[] (as text).
-- Index: the primary key of run, one descent a key, in the one partition that holds it.
SELECT
    run.node_id,
    run.id,
    run.code_version
FROM
    unnest(%(node_ids)s::bigint[], %(ats)s::timestamptz[], %(ids)s::uuid[]) AS wanted (node_id, at, id)
    JOIN run ON run.node_id = wanted.node_id
        AND run.at = wanted.at
        AND run.id = wanted.id
WHERE
    run.code_version IS NOT NULL
