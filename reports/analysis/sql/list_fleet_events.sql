-- Which resources were corrected on many nodes at about one time within a window, newest first?
-- Each name is looked up by key (OFFSET 0 keeps the planner to it): what a part of the fleet sees of `resource` is dear to
-- work out for all of them.
-- Parameters: since and until timestamptz (until is not in it), environment text or NULL (any), "limit" integer.
-- Index: fleet_event_newest; primary key of resource.
WITH found AS MATERIALIZED (
    SELECT
        *
    FROM
        fleet_event
    WHERE
        started_at >= %(since)s::timestamptz
        AND started_at < %(until)s::timestamptz
        AND (%(environment)s::text IS NULL OR environment = %(environment)s)
    ORDER BY
        started_at DESC
    LIMIT
        %(limit)s
)
SELECT
    found.resource_id,
    named.resource,
    found.environment,
    found.started_at,
    found.ended_at,
    found.nodes,
    found.corrections
FROM
    found
    CROSS JOIN LATERAL (
        SELECT
            resource.type || '[' || resource.title || ']' AS resource
        FROM
            resource
        WHERE
            resource.id = found.resource_id
        OFFSET 0
    ) AS named
ORDER BY
    found.started_at DESC
