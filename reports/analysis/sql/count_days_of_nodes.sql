-- What did these few nodes do in a window of days, and in as long a window before it?
-- Parameters: node_ids bigint[]; before, since and until date: the window before, this one, its end (not in it).
-- Index: primary key of node_day.
SELECT
    node_id,
    sum(corrections) FILTER (WHERE day >= %(since)s::date)::bigint AS corrections,
    sum(corrections) FILTER (WHERE day < %(since)s::date)::bigint AS corrections_before,
    sum(runs) FILTER (WHERE day >= %(since)s::date)::bigint AS runs,
    sum(corrected) FILTER (WHERE day >= %(since)s::date)::bigint AS corrected_runs,
    max(last_correction_at) FILTER (WHERE day >= %(since)s::date) AS last_correction_at
FROM
    node_day
WHERE
    node_id = ANY (%(node_ids)s::bigint[])
    AND day >= %(before)s::date
    AND day < %(until)s::date
GROUP BY
    node_id
