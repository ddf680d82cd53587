-- What did each of these resources change, or fail to, on its node the last times? In order.
-- Of a long value the beginning and a digest: enough to tell it from others, and to name it. What acted but once, as
-- nearly all that a first build makes, is left out by its day rows alone.
-- Costs the days and at most `most` changes of a pair. No bound on the time: it would tempt the planner to walk through
-- all changes of the node.
-- Parameters, columns of equal length, each pair once: node_ids bigint[], resource_ids bigint[]; most integer.
-- Index: primary key of node_resource_day; change_node_resource.
SELECT
    moved.node_id,
    moved.resource_id,
    act.tool,
    EXTRACT(EPOCH FROM act.at)::double precision,
    act.cause,
    act.status,
    act.property,
    act.old,
    act.new,
    act.is_sensitive,
    act.key
FROM
    unnest(%(node_ids)s::bigint[], %(resource_ids)s::bigint[]) AS moved (node_id, resource_id)
    CROSS JOIN LATERAL (
        SELECT
        FROM
            node_resource_day
        WHERE
            node_resource_day.node_id = moved.node_id
            AND node_resource_day.resource_id = moved.resource_id
        HAVING
            sum(changes + failures) > 1
    ) AS acted
    CROSS JOIN LATERAL (
        SELECT
            change.at,
            change.run_id,
            change.ordinal,
            change.tool,
            change.cause,
            change.status,
            change.property,
            change.is_sensitive,
            change.key,
            CASE WHEN length(change.old) > 200 THEN left(change.old, 200) || md5(change.old) ELSE change.old END AS old,
            CASE WHEN length(change.new) > 200 THEN left(change.new, 200) || md5(change.new) ELSE change.new END AS new
        FROM
            change
        WHERE
            change.node_id = moved.node_id
            AND change.resource_id = moved.resource_id
            AND change.status IN (1, 2)
        ORDER BY
            change.at DESC,
            change.run_id DESC,
            change.ordinal DESC
        LIMIT %(most)s
    ) AS act
ORDER BY
    moved.node_id,
    moved.resource_id,
    act.at,
    act.run_id,
    act.ordinal
