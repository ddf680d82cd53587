-- How many corrections did each node need on each day of a window? Days without any are left out.
-- Parameters: since and until date; until is not in it.
-- Index: node_day_day, or node_day_corrected where few days have any.
SELECT
    node_id,
    day - %(since)s::date AS place,
    corrections
FROM
    node_day
WHERE
    corrections > 0
    AND day >= %(since)s::date
    AND day < %(until)s::date
