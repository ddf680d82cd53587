-- On how many other nodes was this change made between these moments? No more than `enough` are counted.
-- Steps from one node not seen yet to the next, so that a change made everywhere costs no more than one made on a few.
-- Parameters, columns of equal length: likenesses and node_ids bigint[], ats, begins and ends timestamptz[]; enough integer.
-- Index: change_likeness, in the partitions of the time between.
SELECT
    asked.likeness,
    asked.node_id,
    asked.at,
    companions.count
FROM
    unnest(
        %(likenesses)s::bigint[], %(node_ids)s::bigint[], %(ats)s::timestamptz[], %(begins)s::timestamptz[],
        %(ends)s::timestamptz[]
    ) AS asked (likeness, node_id, at, begins_at, ends_at)
    CROSS JOIN LATERAL (
        WITH RECURSIVE seen AS (
            SELECT
                ARRAY[asked.node_id] AS node_ids,
                asked.begins_at AS at
            UNION ALL
            SELECT
                seen.node_ids || next.node_id,
                next.at
            FROM
                seen
                CROSS JOIN LATERAL (
                    SELECT
                        change.node_id,
                        change.at
                    FROM
                        change
                    WHERE
                        change.likeness = asked.likeness
                        AND change.at >= seen.at
                        AND change.at <= asked.ends_at
                        AND change.node_id <> ALL (seen.node_ids)
                    ORDER BY
                        change.at
                    LIMIT
                        1
                ) AS next
            WHERE
                cardinality(seen.node_ids) <= %(enough)s::integer
        )
        SELECT
            max(cardinality(seen.node_ids)) - 1 AS count
        FROM
            seen
    ) AS companions
