-- Nodes that something arrived from: made known, or seen again. Which of them are new?
-- Rows come sorted by id: the row lock that this takes is what puts two writers of one node one after the other, and
-- sorted writers cannot wait for each other in a circle.
-- Parameters, columns of equal length: ids bigint[], sites text[], names text[], firsts and lasts timestamptz[].
-- Index: primary key of node.
INSERT INTO node (id, site, name, first_seen_at, last_seen_at)
SELECT
    arrived.id,
    arrived.site,
    arrived.name,
    arrived.first_seen_at,
    arrived.last_seen_at
FROM
    unnest(
        %(ids)s::bigint[], %(sites)s::text[], %(names)s::text[], %(firsts)s::timestamptz[], %(lasts)s::timestamptz[]
    ) AS arrived (id, site, name, first_seen_at, last_seen_at)
ON CONFLICT (id) DO UPDATE SET
    first_seen_at = LEAST(node.first_seen_at, excluded.first_seen_at),
    last_seen_at = GREATEST(node.last_seen_at, excluded.last_seen_at)
RETURNING
    id,
    xmax = 0
