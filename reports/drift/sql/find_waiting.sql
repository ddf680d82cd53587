-- Which other nodes have this change, not explained by their own runs, while few others have it near them?
-- Asked for the time before and the time after a change that came or went. Where more than `enough` nodes have it in one
-- of these times, which is no longer than companions may be apart, each of them has enough without this one.
-- Parameters, columns of equal length: likenesses and node_ids bigint[], begins and ends timestamptz[]; enough integer.
-- Index: change_likeness, in the partitions of the time between.
WITH near AS (
    SELECT
        asked.likeness,
        asked.begins_at,
        asked.ends_at,
        others.node_ids
    FROM
        unnest(
            %(likenesses)s::bigint[], %(node_ids)s::bigint[], %(begins)s::timestamptz[], %(ends)s::timestamptz[]
        ) AS asked (likeness, node_id, begins_at, ends_at)
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
                    cardinality(seen.node_ids) <= %(enough)s::integer + 1
            )
            SELECT
                seen.node_ids[2:] AS node_ids
            FROM
                seen
            ORDER BY
                cardinality(seen.node_ids) DESC
            LIMIT
                1
        ) AS others
    WHERE
        cardinality(others.node_ids) BETWEEN 1 AND %(enough)s::integer
)
SELECT
    waiting.node_id,
    waiting.at
FROM
    near
    CROSS JOIN LATERAL (
        SELECT
            change.node_id,
            min(change.at) AS at
        FROM
            change
        WHERE
            change.likeness = near.likeness
            AND change.at >= near.begins_at
            AND change.at <= near.ends_at
            AND change.node_id = ANY (near.node_ids)
            AND (change.cause = 0 OR change.cause_source = 3)
        GROUP BY
            change.node_id
    ) AS waiting
