-- Which code versions moved in a window, by environment and tool: from which one, where and when first, and on how many
-- nodes by now?
-- A version that is the second at which the code was compiled moves by itself, and is left out (drift/versions.py).
-- A version moved where some node had another one in its last run before that told one, or none since back_since. It is
-- new where none of the first 50 nodes that ran it in the window had it before already.
-- Parameters: since and until timestamptz (until is not in it), back_since timestamptz (how far the run
--   before is looked for); node_ids bigint[] or NULL (any node), many_ids the same for more nodes than are
--   looked up by key; "limit" integer.
-- Index: run_at (the runs of the window), or for few nodes the primary key of run; of each version for its first 50
--   nodes one descent of the primary key of run; the primary keys of node and node_state.
WITH per_node AS MATERIALIZED (
    SELECT
        environment,
        tool,
        code_version,
        node_id,
        min(at) AS first_at
    FROM
        run
    WHERE
        at >= %(since)s::timestamptz
        AND at < %(until)s::timestamptz
        AND code_version IS NOT NULL
        AND (octet_length(code_version) <> 10 OR code_version !~ '^[0-9]{10}$')
        AND (%(node_ids)s::bigint[] IS NULL OR node_id = ANY (%(node_ids)s::bigint[]))
        AND (%(many_ids)s::bigint[] IS NULL OR node_id IN (SELECT unnest(%(many_ids)s::bigint[])))
    GROUP BY
        environment,
        tool,
        code_version,
        node_id
),
placed AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY environment, tool, code_version ORDER BY first_at, node_id) AS place,
        count(*) OVER (PARTITION BY environment, tool, code_version) AS nodes
    FROM
        per_node
),
stepped AS (
    SELECT
        placed.*,
        earlier.code_version AS before
    FROM
        placed
        LEFT JOIN LATERAL (
            SELECT
                run.code_version
            FROM
                run
            WHERE
                run.node_id = placed.node_id
                AND run.at < placed.first_at
                AND run.at >= %(back_since)s::timestamptz
                AND run.tool = placed.tool
                AND run.code_version IS NOT NULL
            ORDER BY
                run.at DESC
            LIMIT 1
        ) AS earlier ON true
    WHERE
        placed.place <= 50
),
moved AS (
    SELECT DISTINCT ON (environment, tool, code_version)
        environment,
        tool,
        code_version,
        before,
        node_id,
        first_at,
        nodes,
        bool_and(before IS DISTINCT FROM code_version) OVER (
            PARTITION BY environment, tool, code_version
        ) AS is_new
    FROM
        stepped
    ORDER BY
        environment,
        tool,
        code_version,
        before IS NOT DISTINCT FROM code_version,
        place
)
SELECT
    count(*) OVER () AS versions,
    moved.environment,
    moved.tool,
    moved.before,
    moved.code_version,
    moved.first_at,
    moved.nodes,
    moved.is_new,
    node.site,
    node.name,
    coalesce(node_state.is_clock_wrong, false) AS is_clock_wrong
FROM
    moved
    JOIN node ON node.id = moved.node_id
    LEFT JOIN node_state ON node_state.node_id = moved.node_id
WHERE
    moved.before IS DISTINCT FROM moved.code_version
ORDER BY
    moved.first_at,
    moved.code_version
LIMIT
    %(limit)s
