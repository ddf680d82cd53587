-- Changes that are explained otherwise by now. Their nodes are locked.
-- Parameters, columns of equal length: node_ids bigint[], ats timestamptz[], run_ids uuid[] (as text),
-- ordinals, causes and sources integer[], reasons text[].
-- Index: primary key of change.
UPDATE
    change
SET
    cause = told.cause,
    cause_source = told.cause_source,
    reason = told.reason
FROM
    unnest(
        %(node_ids)s::bigint[], %(ats)s::timestamptz[], %(run_ids)s::uuid[], %(ordinals)s::integer[],
        %(causes)s::integer[], %(sources)s::integer[], %(reasons)s::text[]
    ) AS told (node_id, at, run_id, ordinal, cause, cause_source, reason)
WHERE
    change.node_id = told.node_id
    AND change.at = told.at
    AND change.run_id = told.run_id
    AND change.ordinal = told.ordinal
