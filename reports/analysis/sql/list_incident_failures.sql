-- Which runs of a window failed as a whole, with what message? Those with the same message but for digits are one line,
-- the most widespread first; it is new where none of the last 300 failed runs before the window says it.
-- Parameters: since and until timestamptz (until is not in it), back_since timestamptz; node_ids bigint[] or NULL (any
--   node), many_ids the same for more nodes than are looked up by key; "limit" integer.
-- Index: run_eventful (the failed runs of the window); the primary keys of run_detail, node and
--   node_state.
WITH told AS (
    SELECT
        run.node_id,
        run.at,
        run.id,
        run_detail.message,
        regexp_replace(left(run_detail.message, 160), '[0-9]+', '', 'g') AS said
    FROM
        run
        JOIN run_detail ON run_detail.node_id = run.node_id
            AND run_detail.at = run.at
            AND run_detail.run_id = run.id
    WHERE
        run.outcome = 6
        AND run.at >= %(since)s::timestamptz
        AND run.at < %(until)s::timestamptz
        AND run_detail.at >= %(since)s::timestamptz
        AND run_detail.at < %(until)s::timestamptz
        AND run_detail.message IS NOT NULL
        AND (%(node_ids)s::bigint[] IS NULL OR run.node_id = ANY (%(node_ids)s::bigint[]))
        AND (%(many_ids)s::bigint[] IS NULL OR run.node_id IN (SELECT unnest(%(many_ids)s::bigint[])))
),
folded AS (
    SELECT
        said,
        count(*) AS runs,
        count(DISTINCT node_id) AS nodes,
        min(at) AS first_at,
        (array_agg(message ORDER BY at, node_id))[1] AS message,
        (array_agg(node_id ORDER BY at, node_id))[1] AS node_id,
        (array_agg(id ORDER BY at, node_id))[1] AS run_id
    FROM
        told
    GROUP BY
        said
),
earlier AS MATERIALIZED (
    SELECT
        regexp_replace(left(run_detail.message, 160), '[0-9]+', '', 'g') AS said
    FROM (
        SELECT
            node_id,
            at,
            id
        FROM
            run
        WHERE
            outcome = 6
            AND at >= %(back_since)s::timestamptz
            AND at < %(since)s::timestamptz
        ORDER BY
            at DESC
        LIMIT 300
    ) AS failed
        JOIN run_detail ON run_detail.node_id = failed.node_id
            AND run_detail.at = failed.at
            AND run_detail.run_id = failed.id
)
SELECT
    count(*) OVER () AS lines,
    folded.message,
    folded.runs,
    folded.nodes,
    folded.first_at,
    folded.run_id,
    node.site,
    node.name,
    NOT EXISTS (SELECT FROM earlier WHERE earlier.said = folded.said) AS is_new,
    coalesce(node_state.is_clock_wrong, false) AS is_clock_wrong
FROM
    folded
    JOIN node ON node.id = folded.node_id
    LEFT JOIN node_state ON node_state.node_id = folded.node_id
ORDER BY
    folded.nodes DESC,
    folded.first_at
LIMIT
    %(limit)s
