-- What did these few nodes do in the last hours, and in as many hours before? From the runs themselves.
-- Costs the runs that the nodes made in the two windows.
-- Parameters: node_ids bigint[]; before, since and until timestamptz: the window before, this one, its end (not in it).
-- Index: primary key of run.
WITH ran AS (
    SELECT
        *
    FROM
        run
    WHERE
        node_id = ANY (%(node_ids)s::bigint[])
        AND at >= %(before)s::timestamptz
        AND at < %(until)s::timestamptz
)
SELECT
    node_id,
    sum(corrective) FILTER (WHERE at >= %(since)s::timestamptz)::bigint AS corrections,
    sum(corrective) FILTER (WHERE at < %(since)s::timestamptz)::bigint AS corrections_before,
    count(*) FILTER (WHERE at >= %(since)s::timestamptz) AS runs,
    count(*) FILTER (WHERE at >= %(since)s::timestamptz AND outcome = 4) AS corrected_runs,
    max(at) FILTER (WHERE at >= %(since)s::timestamptz AND corrective > 0) AS last_correction_at
FROM
    ran
GROUP BY
    node_id
