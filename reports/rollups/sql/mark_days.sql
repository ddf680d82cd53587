-- Mark every day of every node that has runs or counts between two days, to have them counted again.
-- Costs all runs of the days: for a person who asks for it, not for a page.
-- Parameters: since and until timestamptz, both midnight UTC; until is not in it.
-- Index: run_at and node_day_day; primary key of stale_day.
INSERT INTO stale_day (node_id, day, marks)
SELECT
    node_id,
    day,
    1
FROM (
    SELECT
        node_id,
        (at AT TIME ZONE 'UTC')::date AS day
    FROM
        run
    WHERE
        at >= %(since)s
        AND at < %(until)s
    UNION
    SELECT
        node_id,
        day
    FROM
        node_day
    WHERE
        day >= (%(since)s AT TIME ZONE 'UTC')::date
        AND day < (%(until)s AT TIME ZONE 'UTC')::date
) AS asked
ORDER BY
    node_id,
    day
ON CONFLICT (node_id, day) DO UPDATE SET
    marks = stale_day.marks + 1,
    since = NULL
