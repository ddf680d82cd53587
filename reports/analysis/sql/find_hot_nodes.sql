-- What are these few nodes, what is foretold of them, which resource is the hottest on each, and what did they do in a
-- window and in as long a one before it? A window of days is counted from the days, one of hours from the runs in it.
-- What repeats is passed over, unless that is what was asked for.
-- Parameters: node_ids bigint[]; pattern integer or NULL: of the resource that is told; by_days boolean;
--   before_day, since_day and until_day date, before, since and until timestamptz: the window before, this one, its end
--   (not in it), of which only those of the one kind count.
-- Index: primary keys of node_state, node_risk, resource, node_day and run; node_resource_hottest.
SELECT
    node_state.node_id,
    node_state.name,
    node_state.site,
    node_state.environment,
    node_state.heat,
    node_risk.probability,
    COALESCE(node_risk.reasons, '{}') AS reasons,
    resource.type,
    resource.title,
    hottest.pattern,
    hottest.evidence,
    node_state.is_clock_wrong,
    CASE WHEN %(by_days)s::boolean THEN of_days.corrections ELSE of_runs.corrections END AS corrections,
    CASE WHEN %(by_days)s::boolean THEN of_days.before ELSE of_runs.before END AS corrections_before,
    CASE WHEN %(by_days)s::boolean THEN of_days.runs ELSE of_runs.runs END AS runs,
    CASE WHEN %(by_days)s::boolean THEN of_days.corrected_runs ELSE of_runs.corrected_runs END AS corrected_runs,
    CASE WHEN %(by_days)s::boolean THEN of_days.last_at ELSE of_runs.last_at END AS last_correction_at
FROM
    node_state
    LEFT JOIN node_risk ON node_risk.node_id = node_state.node_id
    LEFT JOIN LATERAL (
        SELECT
            *
        FROM
            node_resource
        WHERE
            node_resource.node_id = node_state.node_id
            AND (
                %(pattern)s::integer = node_resource.pattern
                OR %(pattern)s::integer IS NULL
                AND node_resource.heat IS NOT NULL
                AND node_resource.pattern IS DISTINCT FROM 4 -- repeater
            )
        ORDER BY
            node_resource.heat DESC
        LIMIT 1
    ) AS hottest ON true
    LEFT JOIN resource ON resource.id = hottest.resource_id
    LEFT JOIN LATERAL (
        SELECT
            sum(corrections) FILTER (WHERE day >= %(since_day)s::date)::bigint AS corrections,
            sum(corrections) FILTER (WHERE day < %(since_day)s::date)::bigint AS before,
            sum(runs) FILTER (WHERE day >= %(since_day)s::date)::bigint AS runs,
            sum(corrected) FILTER (WHERE day >= %(since_day)s::date)::bigint AS corrected_runs,
            max(last_correction_at) FILTER (WHERE day >= %(since_day)s::date) AS last_at
        FROM
            node_day
        WHERE
            %(by_days)s::boolean
            AND node_day.node_id = node_state.node_id
            AND day >= %(before_day)s::date
            AND day < %(until_day)s::date
    ) AS of_days ON true
    LEFT JOIN LATERAL (
        SELECT
            sum(corrective) FILTER (WHERE at >= %(since)s::timestamptz)::bigint AS corrections,
            sum(corrective) FILTER (WHERE at < %(since)s::timestamptz)::bigint AS before,
            count(*) FILTER (WHERE at >= %(since)s::timestamptz) AS runs,
            count(*) FILTER (WHERE at >= %(since)s::timestamptz AND outcome = 4) AS corrected_runs,
            max(at) FILTER (WHERE at >= %(since)s::timestamptz AND corrective > 0) AS last_at
        FROM
            run
        WHERE
            NOT %(by_days)s::boolean
            AND run.node_id = node_state.node_id
            AND at >= %(before)s::timestamptz
            AND at < %(until)s::timestamptz
    ) AS of_runs ON true
WHERE
    node_state.node_id = ANY (%(node_ids)s::bigint[])
