-- Resources met for the first time, given sorted by id (as every writer does, so that none waits in a circle).
-- Parameters, columns of equal length: ids bigint[], types text[], titles text[].
-- Index: primary key of resource.
INSERT INTO resource (id, type, title)
SELECT
    met.id,
    met.type,
    met.title
FROM
    unnest(%(ids)s::bigint[], %(types)s::text[], %(titles)s::text[]) AS met (id, type, title)
ON CONFLICT (id) DO NOTHING
