-- How the runs with these keys counted, the keys given as three columns of equal length.
-- Parameters: node_ids bigint[], ats timestamptz[], ids uuid[] (as text).
-- Index: the primary key of run, one descent a key, in the one partition that holds it.
SELECT
    run.node_id,
    run.total,
    run.unchanged,
    coalesce(run.changed, 0),
    coalesce(run.failed, 0),
    coalesce(run.skipped, 0),
    coalesce(run.pending, 0),
    coalesce(run.corrective, 0),
    coalesce(run.intended, 0),
    coalesce(run.first_build, 0),
    coalesce(run.repeated, 0),
    coalesce(run.triggered, 0),
    coalesce(run.unknown, 0)
FROM
    unnest(%(node_ids)s::bigint[], %(ats)s::timestamptz[], %(ids)s::uuid[]) AS wanted (node_id, at, id)
    JOIN run ON run.node_id = wanted.node_id
        AND run.at = wanted.at
        AND run.id = wanted.id
