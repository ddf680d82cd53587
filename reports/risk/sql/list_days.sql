-- On which days of a window did each node run, need a correction, have a failed run?
-- One row a node and 63 days that has any; a bit a day, the oldest the lowest. Costs the window's rows of node_day once.
-- Parameters: since and until date; until is not in it.
-- Index: node_day_day.
SELECT
    node_id,
    (day - %(since)s::date) / 63 AS block,
    bit_or(1::bigint << ((day - %(since)s::date) %% 63)) AS ran,
    COALESCE(bit_or(1::bigint << ((day - %(since)s::date) %% 63)) FILTER (WHERE corrections > 0), 0) AS corrected,
    COALESCE(bit_or(1::bigint << ((day - %(since)s::date) %% 63)) FILTER (WHERE failed + stale_catalog > 0), 0) AS failed
FROM
    node_day
WHERE
    day >= %(since)s::date
    AND day < %(until)s::date
GROUP BY
    node_id,
    (day - %(since)s::date) / 63
