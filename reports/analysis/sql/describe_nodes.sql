-- What a list tells of these nodes beside their state: corrections of the last days, the risk with its reasons, and how
-- the run counted that gave each its status. NULL: not foretold; no such run, or no longer kept.
-- Parameters: node_ids bigint[]; since date, the first of the days.
-- Index: primary keys of node_state, node_day, node_risk and run: a few descents a node, whatever the size of the fleet.
SELECT
    node_state.node_id,
    lately.corrections,
    node_risk.probability,
    node_risk.reasons,
    last_run.*
FROM
    node_state
    LEFT JOIN node_risk ON node_risk.node_id = node_state.node_id
    CROSS JOIN LATERAL (
        SELECT
            coalesce(sum(node_day.corrections), 0) AS corrections
        FROM
            node_day
        WHERE
            node_day.node_id = node_state.node_id
            AND node_day.day >= %(since)s::date
    ) AS lately
    LEFT JOIN LATERAL (
        SELECT
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
            run
        WHERE
            run.node_id = node_state.node_id
            AND run.at = node_state.last_run_at
            AND run.id = node_state.last_run_id
    ) AS last_run ON true
WHERE
    node_state.node_id = ANY (%(node_ids)s::bigint[])
