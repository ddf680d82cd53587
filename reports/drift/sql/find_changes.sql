-- What did these tools change on these nodes between these moments, and how is it explained?
-- Values are only ever compared: of long ones the beginning and a hash is all that is read. Explanations are read from
-- `explained_from` on; what is older is evidence.
-- Parameters, columns of equal length: numbers integer[] (given back), node_ids bigint[], tools text[],
-- begins, explained_froms and ends timestamptz[].
-- Index: primary key of change, a short range of one node each.
SELECT
    slice.number,
    change.run_id::text,
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
    change.is_action,
    change.likeness,
    change.cause,
    change.cause_source,
    CASE WHEN change.at >= slice.explained_from THEN change.reason END
FROM
    unnest(
        %(numbers)s::integer[], %(node_ids)s::bigint[], %(tools)s::text[], %(begins)s::timestamptz[],
        %(explained_froms)s::timestamptz[], %(ends)s::timestamptz[]
    ) AS slice (number, node_id, tool, begins_at, explained_from, ends_at)
    CROSS JOIN LATERAL (
        SELECT
            *
        FROM
            change
        WHERE
            change.node_id = slice.node_id
            AND change.at >= slice.begins_at
            AND change.at <= slice.ends_at
            AND change.tool = slice.tool
        ORDER BY
            change.at
    ) AS change
