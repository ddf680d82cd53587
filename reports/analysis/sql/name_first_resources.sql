-- What are the first resources of each of these lists called, by type and title? Lists may hold thousands, of which a page
-- names few: they are looked up, and the first ones picked, list by list.
-- Parameters, columns of equal length: lists text[] (of each its ids, written as an array), limits integer[].
-- Index: primary key of resource.
SELECT
    asked.place,
    named.type,
    named.title
FROM
    unnest(%(lists)s::text[], %(limits)s::integer[]) WITH ORDINALITY AS asked (ids, most, place)
    CROSS JOIN LATERAL (
        SELECT
            type,
            title
        FROM
            resource
        WHERE
            id = ANY (asked.ids::bigint[])
        ORDER BY
            type,
            title
        LIMIT
            asked.most
    ) AS named
ORDER BY
    asked.place,
    named.type,
    named.title
