-- Mark every hour between two days, to have the fleet's runs counted again.
-- Parameters: since and until timestamptz, both midnight UTC; until is not in it.
-- Index: primary key of stale_hour.
INSERT INTO stale_hour (hour, marks)
SELECT
    hour,
    1
FROM
    generate_series(%(since)s::timestamptz, %(until)s::timestamptz - interval '1 hour', interval '1 hour') AS hour
ORDER BY
    hour
ON CONFLICT (hour) DO UPDATE SET
    marks = stale_hour.marks + 1
