-- Which of these resources are in which of these sets?
-- Parameters: set_ids bigint[], resource_ids bigint[].
-- Index: primary key of resource_set; reads the sets whole, a few hundred numbers each.
SELECT
    resource_set.id,
    array_agg(DISTINCT asked.resource_id)
FROM
    resource_set
    CROSS JOIN LATERAL unnest(resource_set.resource_ids) AS listed (resource_id)
    JOIN unnest(%(resource_ids)s::bigint[]) AS asked (resource_id) ON asked.resource_id = listed.resource_id
WHERE
    resource_set.id = ANY (%(set_ids)s::bigint[])
GROUP BY
    resource_set.id
