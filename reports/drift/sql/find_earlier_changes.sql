-- What did these tools change of these resources, on these nodes, last before these runs?
-- Parameters, columns of equal length: numbers integer[] (given back), node_ids bigint[], tools text[],
-- resource_ids bigint[], befores timestamptz[], run_ids uuid[] (as text), mosts integer[] (how many of each).
-- Index: change_node_resource, backwards, through as many partitions as it takes.
SELECT
    asked.number,
    change.run_id,
    change.ordinal,
    change.at,
    change.resource_id,
    change.key,
    change.property,
    change.status,
    CASE
        WHEN octet_length(change.old) > 4000 THEN left(change.old, 1000) || '… ' || hashtextextended(change.old, 0)
        ELSE change.old
    END,
    CASE
        WHEN octet_length(change.new) > 4000 THEN left(change.new, 1000) || '… ' || hashtextextended(change.new, 0)
        ELSE change.new
    END,
    change.found,
    change.desired,
    left(change.message, 1000),
    change.said_corrective,
    change.said_triggered,
    change.is_sensitive,
    change.is_action
FROM
    unnest(
        %(numbers)s::integer[], %(node_ids)s::bigint[], %(tools)s::text[], %(resource_ids)s::bigint[],
        %(befores)s::timestamptz[], %(run_ids)s::uuid[], %(mosts)s::integer[]
    ) AS asked (number, node_id, tool, resource_id, before, run_id, most)
    CROSS JOIN LATERAL (
        SELECT
            *
        FROM
            change
        WHERE
            change.node_id = asked.node_id
            AND change.resource_id = asked.resource_id
            AND change.at <= asked.before
            AND (change.at, change.run_id) < (asked.before, asked.run_id)
            AND change.tool = asked.tool
        ORDER BY
            change.at DESC,
            change.run_id DESC,
            change.ordinal DESC
        LIMIT
            asked.most
    ) AS change
