-- Which resources has somebody muted, on all nodes, for now?
-- Costs as much as there are notes that still stand.
-- Parameters: now timestamptz.
-- Index: note_resource.
SELECT DISTINCT
    resource_id
FROM
    note
WHERE
    node_id IS NULL
    AND resource_id IS NOT NULL
    AND is_mute
    AND ended_at IS NULL
    AND expires_at > %(now)s::timestamptz
