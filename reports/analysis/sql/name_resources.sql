-- What are these resources called, by type and title? An array, for a list of thousands of parameters is slow to read.
-- Parameters: ids bigint[].
-- Index: primary key of resource.
SELECT
    id,
    type,
    title
FROM
    resource
WHERE
    id = ANY (%(ids)s::bigint[])
ORDER BY
    type,
    title
