-- Which of these states are declared in which of these sets?
-- Parameters: set_ids bigint[], declared_ids integer[].
-- Index: primary key of declared_set; reads the sets whole, a few hundred numbers each.
SELECT
    declared_set.id,
    array_agg(DISTINCT asked.declared_id)
FROM
    declared_set
    CROSS JOIN LATERAL unnest(declared_set.declared_ids) AS told (declared_id)
    JOIN unnest(%(declared_ids)s::integer[]) AS asked (declared_id) ON asked.declared_id = told.declared_id
WHERE
    declared_set.id = ANY (%(set_ids)s::bigint[])
GROUP BY
    declared_set.id
