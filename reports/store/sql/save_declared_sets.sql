-- Sets of declared states met by this process for the first time today, given sorted by id.
-- Parameters: ids bigint[], sets text[] (each an array of integer as text), used_on date.
-- Index: primary key of declared_set.
INSERT INTO declared_set (id, used_on, declared_ids)
SELECT
    met.id,
    %(used_on)s::date,
    met.declared_ids::integer[]
FROM
    unnest(%(ids)s::bigint[], %(sets)s::text[]) AS met (id, declared_ids)
ON CONFLICT (id) DO UPDATE SET
    used_on = GREATEST(declared_set.used_on, excluded.used_on)
