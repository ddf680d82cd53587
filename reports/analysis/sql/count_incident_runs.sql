-- How did the runs of a window end, what did they change in each slice of it and why, and on how many nodes?
-- Rows of three kinds: 'slice' (number: which one, from 1), 'outcome' (number: how they ended), 'nodes'. Of each: runs;
-- then changes made by cause, and resources that failed; of 'nodes' the nodes that ran, and on how many a resource was
-- changed, corrected, or a run failed.
-- Parameters: since and until timestamptz (until is not in it), slices timestamptz[] (when each
--   begins), node_ids bigint[] or NULL (any node), many_ids the same for more nodes than are looked up by key.
-- Index: run_at (the runs of the window), or for few nodes the primary key of run.
WITH ran AS MATERIALIZED (
    SELECT
        node_id,
        width_bucket(at, %(slices)s::timestamptz[]) AS slice,
        outcome,
        coalesce(changed, 0) AS changed,
        coalesce(corrective, 0) AS corrective,
        coalesce(intended, 0) AS intended,
        coalesce(first_build, 0) + coalesce(repeated, 0) + coalesce(triggered, 0) + coalesce(unknown, 0) AS other,
        coalesce(failed, 0) AS failed
    FROM
        run
    WHERE
        at >= %(since)s::timestamptz
        AND at < %(until)s::timestamptz
        AND outcome IS NOT NULL
        AND (%(node_ids)s::bigint[] IS NULL OR node_id = ANY (%(node_ids)s::bigint[]))
        AND (%(many_ids)s::bigint[] IS NULL OR node_id IN (SELECT unnest(%(many_ids)s::bigint[])))
),
per_node AS (
    SELECT
        node_id,
        count(*) AS runs,
        bool_or(changed > 0) AS is_changed,
        bool_or(corrective > 0) AS is_corrected,
        bool_or(outcome = 6) AS is_failed
    FROM
        ran
    GROUP BY
        node_id
)
SELECT
    CASE WHEN grouping(slice) = 0 THEN 'slice' ELSE 'outcome' END AS kind,
    coalesce(slice, outcome)::integer AS number,
    count(*) AS runs,
    sum(corrective) AS corrective,
    sum(intended) AS intended,
    sum(other) AS other,
    sum(failed) AS failed
FROM
    ran
GROUP BY
    GROUPING SETS ((slice), (outcome))
UNION ALL
SELECT
    'nodes',
    count(*)::integer,
    coalesce(sum(runs), 0)::bigint,
    count(*) FILTER (WHERE is_changed),
    count(*) FILTER (WHERE is_corrected),
    0,
    count(*) FILTER (WHERE is_failed)
FROM
    per_node
