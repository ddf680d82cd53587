-- What are these few resources, how hot are they, and on which node most? And how many runs ended in the window?
-- Nodes on which it repeats are passed over, unless that is what was asked for.
-- Parameters: resource_ids bigint[]; environment text or NULL (heat over all of them); pattern integer or NULL: that it
--   shows on the node; since and until timestamptz, the window that runs are counted in, of the environment or of all.
-- Index: fleet_hour_runs; primary keys of resource, resource_state, resource_environment and node_state; node_resource_hottest_on.
SELECT
    resource.id,
    resource.type,
    resource.title,
    CASE
        WHEN %(environment)s::text IS NULL THEN resource_state.heat
        ELSE resource_environment.heat
    END AS heat,
    node_state.site,
    node_state.name,
    hottest.pattern,
    hottest.evidence,
    (
        SELECT
            COALESCE(sum(fleet_hour.runs), 0)::bigint
        FROM
            fleet_hour
        WHERE
            fleet_hour.hour >= %(since)s::timestamptz
            AND fleet_hour.hour < %(until)s::timestamptz
            AND (%(environment)s::text IS NULL OR fleet_hour.environment = %(environment)s::text)
    ) AS runs
FROM
    resource
    LEFT JOIN resource_state ON resource_state.resource_id = resource.id
    LEFT JOIN resource_environment ON resource_environment.resource_id = resource.id
        AND resource_environment.environment = %(environment)s
    LEFT JOIN LATERAL (
        SELECT
            *
        FROM
            node_resource
        WHERE
            node_resource.resource_id = resource.id
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
    LEFT JOIN node_state ON node_state.node_id = hottest.node_id
WHERE
    resource.id = ANY (%(resource_ids)s::bigint[])
