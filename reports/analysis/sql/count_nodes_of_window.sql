-- On how many nodes did runs end in a window of days and in as long a one before it, and on how many of them did a run
-- fail, was something corrected, or changed?
-- Costs one row a node and day of the two windows.
-- Parameters: before, since and until date: the window before, this one, its end (not in it); environment text or NULL
--   (any).
-- Index: node_day_day.
SELECT
    is_within,
    count(*) AS nodes,
    count(*) FILTER (WHERE failed > 0) AS failed_nodes,
    count(*) FILTER (WHERE corrections > 0) AS corrected_nodes,
    count(*) FILTER (WHERE changes > 0) AS changed_nodes
FROM (
    SELECT
        node_id,
        day >= %(since)s::date AS is_within,
        sum(failed) AS failed,
        sum(corrections) AS corrections,
        sum(changes) AS changes
    FROM
        node_day
    WHERE
        day >= %(before)s::date
        AND day < %(until)s::date
        AND (%(environment)s::text IS NULL OR environment = %(environment)s)
    GROUP BY
        node_id,
        day >= %(since)s::date
    HAVING
        sum(runs) > 0
) AS nodes
GROUP BY
    is_within
