-- What ran on these nodes from these moments on, and since when is each node known?
-- Parameters, columns of equal length: node_ids bigint[], sinces timestamptz[].
-- Index: primary key of run, in the partitions from each moment on; primary key of node.
SELECT
    run.node_id,
    run.at,
    run.id,
    run.tool,
    run.environment,
    run.code_version,
    run.outcome,
    run.noop,
    run.machine_id,
    run.resource_set_id,
    run.declared_set_id,
    run.unchanged,
    run.corrective,
    run.intended,
    run.first_build,
    run.repeated,
    run.triggered,
    run.unknown,
    1 + COALESCE(run.changed, 0) + COALESCE(run.failed, 0) + COALESCE(run.skipped, 0) + COALESCE(run.pending, 0),
    node.first_seen_at
FROM
    unnest(%(node_ids)s::bigint[], %(sinces)s::timestamptz[]) AS touched (node_id, since)
    CROSS JOIN LATERAL (
        SELECT
            *
        FROM
            run
        WHERE
            run.node_id = touched.node_id
            AND run.at >= touched.since
        ORDER BY
            run.at
    ) AS run
    JOIN node ON node.id = touched.node_id
