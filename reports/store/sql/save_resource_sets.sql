-- Sets of resources met by this process for the first time today, given sorted by id.
-- Parameters: ids bigint[], sets text[] (each an array of bigint as text), used_on date.
-- Index: primary key of resource_set.
INSERT INTO resource_set (id, used_on, resource_ids)
SELECT
    met.id,
    %(used_on)s::date,
    met.resource_ids::bigint[]
FROM
    unnest(%(ids)s::bigint[], %(sets)s::text[]) AS met (id, resource_ids)
ON CONFLICT (id) DO UPDATE SET
    used_on = GREATEST(resource_set.used_on, excluded.used_on)
