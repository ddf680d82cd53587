-- Which partitions do these tables have?
-- Parameters: tables text[].
-- Index: pg_inherits by parent; a few rows a week of retention.
SELECT
    parent.relname,
    child.relname
FROM
    pg_inherits
    JOIN pg_class AS parent ON parent.oid = pg_inherits.inhparent
    JOIN pg_class AS child ON child.oid = pg_inherits.inhrelid
WHERE
    parent.oid = ANY (%(tables)s::text[]::regclass[])
