-- How often were these few resources corrected in the last hours, over all nodes, and in as many hours before?
-- From the changes themselves: costs every change that the resources made in the two windows.
-- Parameters: resource_ids bigint[]; before, since and until timestamptz: the window before, this one, its end (not in
--   it); environment text or NULL (any).
-- Index: change_resource.
SELECT
    resource_id,
    count(*) FILTER (WHERE at >= %(since)s::timestamptz) AS corrections,
    count(*) FILTER (WHERE at < %(since)s::timestamptz) AS corrections_before,
    count(DISTINCT node_id) FILTER (WHERE at >= %(since)s::timestamptz) AS nodes,
    max(at) FILTER (WHERE at >= %(since)s::timestamptz) AS last_correction_at
FROM
    change
WHERE
    resource_id = ANY (%(resource_ids)s::bigint[])
    AND at >= %(before)s::timestamptz
    AND at < %(until)s::timestamptz
    AND cause = 1 -- corrective
    AND status = 1 -- success
    AND (%(environment)s::text IS NULL OR environment = %(environment)s)
GROUP BY
    resource_id
