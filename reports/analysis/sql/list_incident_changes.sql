-- What changed or failed in a window, in order, what was the same on many nodes as one line; and what of it is new?
-- The same are changes of one property of one resource by one tool, from one value to another, that ended alike for one
-- cause; failures whose messages are the same but for digits; and what repeats, whatever its values. Told is the first
-- of them, with the code version of its run. Skipped ones are left out. New, against the time from back_since to the
-- window: a resource that did nothing on any node; one that did nothing on this node, where it is one; an error that is
-- not among the last thousand changes of its resource.
-- Only the lines of the page are judged, unless only what is new is asked for. A fold is a hash of hashes: texts put
-- together first, or digits taken away by translate(), took several times as long as reading the changes.
-- Parameters: since and until timestamptz (until is not in it), back_since timestamptz; node_ids bigint[] or NULL (any
--   node), many_ids the same for more nodes than are looked up by key; statuses integer[], causes integer[] or NULL
--   (any; causes are of what was made); is_new boolean: only what is new; sign integer: 1 oldest first, -1 newest first;
--   after_at timestamptz and after_fold bigint or NULL: begin behind these; "limit" integer.
-- Index: change_at (the changes of the window), or for few nodes the primary key of change; of the lines that are told
--   node_resource_day_resource, the primary key of node_resource_day and change_resource; primary keys of run, node,
--   node_state and resource. Folding reads every change of the window, whatever the page.
WITH found AS MATERIALIZED (
    SELECT
        node_id,
        at,
        run_id,
        ordinal,
        resource_id,
        status,
        said,
        CASE
            WHEN cause = 4 THEN what
            ELSE hashtextextended(
                CASE WHEN octet_length(new) > 300 THEN left(new, 300) ELSE coalesce(new, '') END COLLATE "C",
                hashtextextended(
                    CASE WHEN octet_length(old) > 300 THEN left(old, 300) ELSE coalesce(old, '') END COLLATE "C",
                    hashint8extended(
                        coalesce(octet_length(old), -1)::bigint << 32 | coalesce(octet_length(new) + 1, 0)::bigint, what
                    )
                )
            )
        END AS fold
    FROM (
        SELECT
            *,
            hashtextextended(
                coalesce(property, chr(31)) COLLATE "C",
                hashtextextended(tool COLLATE "C", hashint4extended(status * 16 + cause, resource_id # said))
            ) AS what
        FROM (
            SELECT
                *,
                CASE
                    WHEN status = 2 THEN coalesce(
                        hashtextextended(regexp_replace(left(message, 160), '[0-9]+', '', 'g') COLLATE "C", 1), 1
                    )
                    ELSE 0
                END AS said
            FROM
                change
            WHERE
                at >= %(since)s::timestamptz
                AND at < %(until)s::timestamptz
                AND status = ANY (%(statuses)s::integer[])
                AND (%(causes)s::integer[] IS NULL OR status <> 1 OR cause = ANY (%(causes)s::integer[]))
                AND (%(node_ids)s::bigint[] IS NULL OR node_id = ANY (%(node_ids)s::bigint[]))
                AND (%(many_ids)s::bigint[] IS NULL OR node_id IN (SELECT unnest(%(many_ids)s::bigint[])))
            OFFSET 0
        ) AS read
        OFFSET 0
    ) AS told
),
folded AS MATERIALIZED (
    SELECT
        fold,
        min(resource_id) AS resource_id,
        min(status) AS status,
        min(said) AS said,
        min(node_id) AS a_node_id,
        min(node_id) = max(node_id) AS is_of_one_node,
        count(*) AS times,
        min(at) AS first_at,
        max(at) AS last_at
    FROM
        found
    GROUP BY
        fold
),
asked AS MATERIALIZED (
    SELECT
        *
    FROM
        folded
    WHERE
        CASE
            WHEN %(after_at)s::timestamptz IS NULL THEN true
            WHEN %(sign)s::integer > 0 THEN (first_at, fold) > (%(after_at)s::timestamptz, %(after_fold)s::bigint)
            ELSE (first_at, fold) < (%(after_at)s::timestamptz, %(after_fold)s::bigint)
        END
    ORDER BY
        CASE WHEN NOT %(is_new)s::boolean AND %(sign)s::integer > 0 THEN first_at END,
        CASE WHEN NOT %(is_new)s::boolean AND %(sign)s::integer > 0 THEN fold END,
        CASE WHEN NOT %(is_new)s::boolean THEN first_at END DESC,
        CASE WHEN NOT %(is_new)s::boolean THEN fold END DESC
    LIMIT
        CASE WHEN NOT %(is_new)s::boolean THEN %(limit)s::integer END
),
probed AS MATERIALIZED (
    SELECT
        on_node.*,
        NOT was_on_node
        AND NOT EXISTS (
            SELECT
            FROM
                node_resource_day AS earlier
            WHERE
                earlier.resource_id = on_node.resource_id
                AND earlier.day >= (%(back_since)s::timestamptz AT TIME ZONE 'UTC')::date
                AND earlier.day <= (%(since)s::timestamptz AT TIME ZONE 'UTC')::date
                AND earlier.first_change_at < %(since)s::timestamptz
        ) AS is_new_resource,
        is_of_one_node AND NOT was_on_node AS is_new_on_node
    FROM (
        SELECT
            asked.*,
            is_of_one_node
            AND (
                EXISTS (
                    SELECT
                    FROM
                        node_resource_day AS earlier
                    WHERE
                        earlier.node_id = asked.a_node_id
                        AND earlier.resource_id = asked.resource_id
                        AND earlier.day >= (%(back_since)s::timestamptz AT TIME ZONE 'UTC')::date
                        AND earlier.day < (%(since)s::timestamptz AT TIME ZONE 'UTC')::date
                )
                OR EXISTS (
                    SELECT
                    FROM
                        node_resource_day AS earlier
                    WHERE
                        earlier.node_id = asked.a_node_id
                        AND earlier.resource_id = asked.resource_id
                        AND earlier.day = (%(since)s::timestamptz AT TIME ZONE 'UTC')::date
                        AND earlier.first_change_at < %(since)s::timestamptz
                )
            ) AS was_on_node
        FROM
            asked
        OFFSET 0
    ) AS on_node
),
judged AS (
    SELECT
        probed.*,
        probed.status = 2
        AND NOT EXISTS (
            SELECT
            FROM (
                SELECT
                    change.status,
                    change.message
                FROM
                    change
                WHERE
                    change.resource_id = probed.resource_id
                    AND change.at >= %(back_since)s::timestamptz
                    AND change.at < %(since)s::timestamptz
                ORDER BY
                    change.at DESC
                LIMIT 1000
            ) AS earlier
            WHERE
                earlier.status = 2
                AND coalesce(
                    hashtextextended(regexp_replace(left(earlier.message, 160), '[0-9]+', '', 'g') COLLATE "C", 1), 1
                ) = probed.said
        ) AS is_new_error
    FROM
        probed
),
page AS MATERIALIZED (
    SELECT
        *
    FROM
        judged
    WHERE
        NOT %(is_new)s::boolean
        OR is_new_resource
        OR is_new_on_node
        OR is_new_error
    ORDER BY
        CASE WHEN %(sign)s::integer > 0 THEN first_at END,
        CASE WHEN %(sign)s::integer > 0 THEN fold END,
        first_at DESC,
        fold DESC
    LIMIT
        %(limit)s
),
firsts AS (
    SELECT
        found.fold,
        count(DISTINCT found.node_id) AS nodes,
        (array_agg(found.node_id ORDER BY found.at, found.node_id, found.run_id, found.ordinal))[1] AS node_id,
        (array_agg(found.run_id ORDER BY found.at, found.node_id, found.run_id, found.ordinal))[1] AS run_id,
        (array_agg(found.ordinal ORDER BY found.at, found.node_id, found.run_id, found.ordinal))[1] AS ordinal
    FROM
        found
        JOIN page ON page.fold = found.fold
    GROUP BY
        found.fold
)
SELECT
    page.fold,
    firsts.nodes,
    page.times,
    page.first_at,
    page.last_at,
    page.is_new_resource,
    page.is_new_on_node,
    page.is_new_error,
    (SELECT count(*) FROM folded) AS folds,
    run.code_version,
    page.resource_id,
    change.run_id,
    change.node_id,
    node.site,
    node.name,
    change.at,
    change.ordinal,
    change.tool,
    change.environment,
    resource.type,
    resource.title,
    change.property,
    change.old,
    change.new,
    change.diff,
    change.status,
    change.cause,
    change.cause_source,
    change.reason,
    change.message,
    change.defined_at,
    change.is_sensitive,
    coalesce(node_state.is_clock_wrong, false) AS is_clock_wrong
FROM
    page
    JOIN firsts ON firsts.fold = page.fold
    JOIN change ON change.node_id = firsts.node_id
        AND change.at = page.first_at
        AND change.run_id = firsts.run_id
        AND change.ordinal = firsts.ordinal
        AND change.at >= %(since)s::timestamptz
        AND change.at < %(until)s::timestamptz
    JOIN node ON node.id = change.node_id
    LEFT JOIN node_state ON node_state.node_id = change.node_id
    JOIN resource ON resource.id = page.resource_id
    LEFT JOIN run ON run.node_id = change.node_id
        AND run.at = change.at
        AND run.id = change.run_id
        AND run.at >= %(since)s::timestamptz
        AND run.at < %(until)s::timestamptz
ORDER BY
    CASE WHEN %(sign)s::integer > 0 THEN page.first_at END,
    CASE WHEN %(sign)s::integer > 0 THEN page.fold END,
    page.first_at DESC,
    page.fold DESC
