-- On how many nodes one resource ever changed or failed: by its pattern there, and how lately it was corrected.
-- Parameters: resource_id bigint, since_7d and since_30d timestamptz.
-- Index: node_resource_resource; one row a node that has the resource.
SELECT
    pattern,
    count(*),
    count(*) FILTER (WHERE last_correction_at >= %(since_7d)s::timestamptz),
    count(*) FILTER (WHERE last_correction_at >= %(since_30d)s::timestamptz),
    count(*) FILTER (WHERE failures > 0)
FROM
    node_resource
WHERE
    resource_id = %(resource_id)s::bigint
GROUP BY
    pattern
