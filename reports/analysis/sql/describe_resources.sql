-- What are these few resources, how often were they corrected, on how many nodes are they, and which patterns do they show?
-- Parameters: resource_ids bigint[]; environment text or NULL (counts over all of them); most integer: nodes to count of
--   each; patterns integer[]: all there are.
-- Index: primary keys of resource, resource_state and resource_environment; node_resource_resource (`most` entries of
--   each resource), node_resource_pattern (one descent for each resource and pattern).
SELECT
    resource.id,
    resource.type,
    resource.title,
    CASE
        WHEN %(environment)s::text IS NULL THEN COALESCE(resource_state.corrections, 0)
        ELSE COALESCE(resource_environment.corrections, 0)
    END AS corrections,
    CASE
        WHEN %(environment)s::text IS NULL THEN resource_state.heat
        ELSE resource_environment.heat
    END AS heat,
    CASE
        WHEN %(environment)s::text IS NULL THEN resource_state.last_correction_at
        ELSE resource_environment.last_correction_at
    END AS last_correction_at,
    (
        SELECT
            count(*)
        FROM
            (
                SELECT
                FROM
                    node_resource
                WHERE
                    node_resource.resource_id = resource.id
                LIMIT %(most)s::integer
            ) AS counted
    ) AS nodes,
    ARRAY(
        SELECT
            known.pattern
        FROM
            unnest(%(patterns)s::integer[]) AS known (pattern)
        WHERE
            EXISTS (
                SELECT
                FROM
                    node_resource
                WHERE
                    node_resource.pattern = known.pattern
                    AND node_resource.resource_id = resource.id
            )
        ORDER BY
            known.pattern
    ) AS patterns
FROM
    resource
    LEFT JOIN resource_state ON resource_state.resource_id = resource.id
    LEFT JOIN resource_environment ON resource_environment.resource_id = resource.id
        AND resource_environment.environment = %(environment)s
WHERE
    resource.id = ANY (%(resource_ids)s::bigint[])
