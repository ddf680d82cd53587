-- Mark every node that has changes from a moment on, to have their causes told again.
-- Costs all changes since then: for a person who asks for it, not for a page.
-- Parameters: since timestamptz.
-- Index: change_at; primary key of stale_cause.
INSERT INTO stale_cause (node_id, since, marks)
SELECT DISTINCT
    node_id,
    %(since)s::timestamptz,
    1
FROM
    change
WHERE
    at >= %(since)s::timestamptz
ORDER BY
    node_id
ON CONFLICT (node_id) DO UPDATE SET
    since = LEAST(stale_cause.since, excluded.since),
    marks = stale_cause.marks + 1
