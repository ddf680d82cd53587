-- What one run of a node did to the resource of one of its changes, each change with the run, the resource, and what that
-- resource did on the node over all time. Columns of the change are NULL where the run has no change of that place; no
-- row at all: no such run.
-- Parameters: node_id bigint, run_id uuid, ordinal integer: the change; most integer.
-- Index: that on id of run, one probe in each partition; then the primary keys of change, resource and node_resource.
SELECT
    opened.at,
    opened.outcome,
    opened.code_version,
    resource.id,
    resource.type,
    resource.title,
    node_resource.pattern,
    node_resource.evidence,
    node_resource.corrections,
    node_resource.changes,
    node_resource.failures,
    own.ordinal,
    own.tool,
    own.environment,
    own.property,
    own.old,
    own.new,
    own.diff,
    own.status,
    own.cause,
    own.cause_source,
    own.reason,
    own.message,
    own.defined_at,
    own.is_sensitive
FROM
    (
        SELECT
            at,
            outcome,
            code_version
        FROM
            run
        WHERE
            node_id = %(node_id)s::bigint
            AND id = %(run_id)s::uuid
        ORDER BY
            at DESC
        LIMIT
            1
    ) AS opened
    LEFT JOIN change ON change.node_id = %(node_id)s::bigint
        AND change.at = opened.at
        AND change.run_id = %(run_id)s::uuid
        AND change.ordinal = %(ordinal)s::integer
    LEFT JOIN change AS own ON own.node_id = %(node_id)s::bigint
        AND own.at = opened.at
        AND own.run_id = %(run_id)s::uuid
        AND own.resource_id = change.resource_id
    LEFT JOIN resource ON resource.id = change.resource_id
    LEFT JOIN node_resource ON node_resource.node_id = %(node_id)s::bigint
        AND node_resource.resource_id = change.resource_id
ORDER BY
    own.ordinal
LIMIT
    %(most)s::integer
