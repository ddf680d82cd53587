-- Which resources were corrected on many nodes at about one time within a window, newest first?
-- Parameters: since and until timestamptz (until is not in it), environment text or NULL (any), "limit" integer.
-- Index: fleet_event_newest; primary key of resource.
SELECT
    resource.id,
    resource.type || '[' || resource.title || ']' AS resource,
    fleet_event.environment,
    fleet_event.started_at,
    fleet_event.ended_at,
    fleet_event.nodes,
    fleet_event.corrections
FROM
    fleet_event
    JOIN resource ON resource.id = fleet_event.resource_id
WHERE
    fleet_event.started_at >= %(since)s::timestamptz
    AND fleet_event.started_at < %(until)s::timestamptz
    AND (%(environment)s::text IS NULL OR fleet_event.environment = %(environment)s)
ORDER BY
    fleet_event.started_at DESC
LIMIT
    %(limit)s
