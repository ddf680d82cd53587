-- What changed or failed in a window, in order, what was the same on many nodes as one line; and what of it is new?
-- The same are changes of one property of one resource by one tool, from one value to another, that ended alike for one
-- cause; failures whose messages are the same but for digits; and what repeats, whatever its values. Told is the first
-- of them, with the code version of its run. Skipped ones are left out. New, against the time from back_since to the
-- window: a resource that did nothing on any node; one that did nothing on this node, where it is one; an error that is
-- not among the last thousand changes of its resource.
-- Parameters: since and until timestamptz (until is not in it), back_since timestamptz; node_ids bigint[] or NULL (any
--   node); statuses integer[], causes integer[] or NULL (any; causes are of what was made); is_new boolean: only what is
--   new; sign integer: 1 oldest first, -1 newest first; after_at timestamptz and after_fold bigint or NULL: begin behind
--   these; "limit" integer.
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
        CASE WHEN status = 2 THEN translate(left(message, 160), '0123456789', '') END AS said,
        hashtextextended(
            concat_ws(
                chr(31), status, cause, tool, property,
                CASE WHEN status = 2 THEN translate(left(message, 160), '0123456789', '') END,
                CASE
                    WHEN cause <> 4 THEN concat_ws(
                        chr(30), octet_length(old), left(old, 300), octet_length(new), left(new, 300)
                    )
                END
            ),
            resource_id
        ) AS fold
    FROM
        change
    WHERE
        at >= %(since)s::timestamptz
        AND at < %(until)s::timestamptz
        AND status = ANY (%(statuses)s::integer[])
        AND (%(causes)s::integer[] IS NULL OR status <> 1 OR cause = ANY (%(causes)s::integer[]))
        AND (%(node_ids)s::bigint[] IS NULL OR node_id = ANY (%(node_ids)s::bigint[]))
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
judged AS (
    SELECT
        folded.*,
        NOT EXISTS (
            SELECT
            FROM
                node_resource_day AS earlier
            WHERE
                earlier.resource_id = folded.resource_id
                AND earlier.day >= (%(back_since)s::timestamptz AT TIME ZONE 'UTC')::date
                AND earlier.day <= (%(since)s::timestamptz AT TIME ZONE 'UTC')::date
                AND earlier.first_change_at < %(since)s::timestamptz
        ) AS is_new_resource,
        folded.is_of_one_node
        AND NOT EXISTS (
            SELECT
            FROM
                node_resource_day AS earlier
            WHERE
                earlier.node_id = folded.a_node_id
                AND earlier.resource_id = folded.resource_id
                AND earlier.day >= (%(back_since)s::timestamptz AT TIME ZONE 'UTC')::date
                AND earlier.day <= (%(since)s::timestamptz AT TIME ZONE 'UTC')::date
                AND earlier.first_change_at < %(since)s::timestamptz
        ) AS is_new_on_node,
        folded.status = 2
        AND NOT EXISTS (
            SELECT
            FROM (
                SELECT
                    change.status,
                    change.message
                FROM
                    change
                WHERE
                    change.resource_id = folded.resource_id
                    AND change.at >= %(back_since)s::timestamptz
                    AND change.at < %(since)s::timestamptz
                ORDER BY
                    change.at DESC
                LIMIT 1000
            ) AS earlier
            WHERE
                earlier.status = 2
                AND translate(left(earlier.message, 160), '0123456789', '') IS NOT DISTINCT FROM folded.said
        ) AS is_new_error
    FROM
        folded
),
page AS MATERIALIZED (
    SELECT
        *
    FROM
        judged
    WHERE
        (NOT %(is_new)s::boolean OR is_new_resource OR is_new_on_node OR is_new_error)
        AND CASE
            WHEN %(after_at)s::timestamptz IS NULL THEN true
            WHEN %(sign)s::integer > 0 THEN (first_at, fold) > (%(after_at)s::timestamptz, %(after_fold)s::bigint)
            ELSE (first_at, fold) < (%(after_at)s::timestamptz, %(after_fold)s::bigint)
        END
    ORDER BY
        CASE WHEN %(sign)s::integer > 0 THEN first_at END,
        CASE WHEN %(sign)s::integer > 0 THEN fold END,
        first_at DESC,
        fold DESC
    LIMIT
        %(limit)s
),
reach AS (
    SELECT
        fold,
        count(*) AS nodes
    FROM (
        SELECT DISTINCT
            found.fold,
            found.node_id
        FROM
            page
            JOIN found ON found.fold = page.fold
    ) AS once
    GROUP BY
        fold
),
firsts AS (
    SELECT DISTINCT ON (page.fold)
        page.fold,
        found.node_id,
        found.at,
        found.run_id,
        found.ordinal
    FROM
        page
        JOIN found ON found.fold = page.fold
            AND found.at = page.first_at
    ORDER BY
        page.fold,
        found.node_id,
        found.run_id,
        found.ordinal
)
SELECT
    page.fold,
    reach.nodes,
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
    JOIN reach ON reach.fold = page.fold
    JOIN firsts ON firsts.fold = page.fold
    JOIN change ON change.node_id = firsts.node_id
        AND change.at = firsts.at
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
