-- Runs whose changes have other causes by now, and with them maybe another outcome. Their nodes are locked.
-- Parameters, columns of equal length: node_ids bigint[], ats timestamptz[], run_ids uuid[] (as text), and integer[]:
-- correctives, intendeds, first_builds, repeateds, triggereds, unknowns, outcomes.
-- Index: primary key of run.
UPDATE
    run
SET
    corrective = told.corrective,
    intended = told.intended,
    first_build = told.first_build,
    repeated = told.repeated,
    triggered = told.triggered,
    unknown = told.unknown,
    outcome = told.outcome
FROM
    unnest(
        %(node_ids)s::bigint[], %(ats)s::timestamptz[], %(run_ids)s::uuid[], %(correctives)s::integer[],
        %(intendeds)s::integer[], %(first_builds)s::integer[], %(repeateds)s::integer[], %(triggereds)s::integer[],
        %(unknowns)s::integer[], %(outcomes)s::integer[]
    ) AS told (
        node_id, at, run_id, corrective, intended, first_build, repeated, triggered, unknown, outcome
    )
WHERE
    run.node_id = told.node_id
    AND run.at = told.at
    AND run.id = told.run_id
