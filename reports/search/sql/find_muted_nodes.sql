-- Which nodes has somebody muted, as a whole, for now?
-- Costs as much as there are notes that still stand.
-- Parameters: now timestamptz.
-- Index: note_node.
SELECT DISTINCT
    node_id
FROM
    note
WHERE
    node_id IS NOT NULL
    AND resource_id IS NULL
    AND is_mute
    AND ended_at IS NULL
    AND expires_at > %(now)s::timestamptz
