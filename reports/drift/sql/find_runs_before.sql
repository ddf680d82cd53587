-- What did these tools run last on these nodes before these moments?
-- Parameters, columns of equal length: node_ids bigint[], tools text[], sinces timestamptz[]; most integer, of each.
-- Index: primary key of run, backwards, through as many partitions as it takes.
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
    1 + COALESCE(run.changed, 0) + COALESCE(run.failed, 0) + COALESCE(run.skipped, 0) + COALESCE(run.pending, 0)
FROM
    unnest(%(node_ids)s::bigint[], %(tools)s::text[], %(sinces)s::timestamptz[]) AS touched (node_id, tool, since)
    CROSS JOIN LATERAL (
        SELECT
            *
        FROM
            run
        WHERE
            run.node_id = touched.node_id
            AND run.at < touched.since
            AND run.tool = touched.tool
        ORDER BY
            run.at DESC,
            run.id DESC
        LIMIT
            %(most)s
    ) AS run
