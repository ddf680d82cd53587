-- Adds what one batch brought to the rows of its days, doors and senders.
-- Parameters: arrays of equal length, a row each; ordered by day, door, sender.
-- Index: intake_day_key.
INSERT INTO intake_day (day, door, sender, stored, duplicates, ignored, refused, shed, bytes, last_received_at)
SELECT *
FROM UNNEST(
    %(days)s::date[],
    %(doors)s::text[],
    %(senders)s::text[],
    %(stored)s::bigint[],
    %(duplicates)s::bigint[],
    %(ignored)s::bigint[],
    %(refused)s::bigint[],
    %(shed)s::bigint[],
    %(bytes)s::bigint[],
    %(last_received_at)s::timestamptz[]
)
ON CONFLICT (day, door, sender) DO UPDATE
SET stored = intake_day.stored + excluded.stored,
    duplicates = intake_day.duplicates + excluded.duplicates,
    ignored = intake_day.ignored + excluded.ignored,
    refused = intake_day.refused + excluded.refused,
    shed = intake_day.shed + excluded.shed,
    bytes = intake_day.bytes + excluded.bytes,
    last_received_at = GREATEST(intake_day.last_received_at, excluded.last_received_at)
