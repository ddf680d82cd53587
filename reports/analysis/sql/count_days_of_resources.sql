-- What did these few resources do in a window of days, over all nodes, and in as long a window before it?
-- Parameters: resource_ids bigint[]; before, since and until date: the window before, this one, its end (not in it);
--   environment text or NULL (any).
-- Index: primary key of resource_day.
WITH days AS (
    SELECT
        resource_id,
        day,
        sum(corrections) AS corrections,
        sum(corrected_nodes) AS nodes,
        max(last_correction_at) AS last_correction_at
    FROM
        resource_day
    WHERE
        resource_id = ANY (%(resource_ids)s::bigint[])
        AND day >= %(before)s::date
        AND day < %(until)s::date
        AND (%(environment)s::text IS NULL OR environment = %(environment)s)
    GROUP BY
        resource_id,
        day
)
SELECT
    resource_id,
    sum(corrections) FILTER (WHERE day >= %(since)s::date)::bigint AS corrections,
    sum(corrections) FILTER (WHERE day < %(since)s::date)::bigint AS corrections_before,
    max(nodes) FILTER (WHERE day >= %(since)s::date)::bigint AS nodes,
    max(last_correction_at) FILTER (WHERE day >= %(since)s::date) AS last_correction_at
FROM
    days
GROUP BY
    resource_id
