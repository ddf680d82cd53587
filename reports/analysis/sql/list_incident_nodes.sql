-- Which nodes went silent in a window, came back, were first heard of, or were rebuilt; and how many are there at all?
-- Rows of five kinds: 'all' (count; at: the newest arrival among them), 'silent', 'back', 'first', 'rebuilt'. Of the
-- last four the first few by time, each with the count of its kind; `before`: of 'back' the run before its silence.
-- Silent is who was last heard in the window and has been for longer than the limit; back is whose run came longer than
-- the limit after the one before it (NULL where that was before the window).
-- Parameters: since and until timestamptz (until is not in it), silent_before and silent_since timestamptz (the limit
--   before now and before since), silent_after interval; node_ids bigint[] or NULL (any node), many_ids the same for more
--   nodes than are looked up by key; "limit" integer: of each kind.
-- Index: node_state once; run_at or the primary key of run for the runs of the window (of a window that is no longer than
--   the limit the first of each node, for none after it can have come back in it); where the first of a node came soon in
--   it, one descent of that key, as far before the window as the limit; node_life once.
WITH state AS MATERIALIZED (
    SELECT
        node_id,
        first_seen_at,
        last_received_at
    FROM
        node_state
    WHERE
        (%(node_ids)s::bigint[] IS NULL OR node_id = ANY (%(node_ids)s::bigint[]))
        AND (%(many_ids)s::bigint[] IS NULL OR node_id IN (SELECT unnest(%(many_ids)s::bigint[])))
),
ran AS (
    SELECT
        node_id,
        min(at) AS at,
        NULL::timestamptz AS before
    FROM
        run
    WHERE
        at >= %(since)s::timestamptz
        AND at < %(until)s::timestamptz
        AND %(until)s::timestamptz - %(since)s::timestamptz <= %(silent_after)s::interval
        AND (%(node_ids)s::bigint[] IS NULL OR node_id = ANY (%(node_ids)s::bigint[]))
        AND (%(many_ids)s::bigint[] IS NULL OR node_id IN (SELECT unnest(%(many_ids)s::bigint[])))
    GROUP BY
        node_id
    UNION ALL
    SELECT
        node_id,
        at,
        lag(at) OVER (PARTITION BY node_id ORDER BY at)
    FROM
        run
    WHERE
        at >= %(since)s::timestamptz
        AND at < %(until)s::timestamptz
        AND %(until)s::timestamptz - %(since)s::timestamptz > %(silent_after)s::interval
        AND (%(node_ids)s::bigint[] IS NULL OR node_id = ANY (%(node_ids)s::bigint[]))
        AND (%(many_ids)s::bigint[] IS NULL OR node_id IN (SELECT unnest(%(many_ids)s::bigint[])))
),
returned AS MATERIALIZED (
    SELECT
        ran.node_id,
        ran.at,
        ran.before
    FROM
        ran
    WHERE
        ran.at - ran.before > %(silent_after)s::interval
        OR ran.before IS NULL
        AND (
            ran.at - %(since)s::timestamptz > %(silent_after)s::interval
            OR NOT EXISTS (
                SELECT
                FROM
                    run AS earlier
                WHERE
                    earlier.node_id = ran.node_id
                    AND earlier.at >= %(silent_since)s::timestamptz
                    AND earlier.at < %(since)s::timestamptz
                    AND earlier.at >= ran.at - %(silent_after)s::interval
            )
        )
),
told AS (
    (
        SELECT
            'silent' AS kind,
            count(*) OVER () AS count,
            node_id,
            last_received_at AS at,
            NULL::timestamptz AS before
        FROM
            state
        WHERE
            last_received_at >= %(since)s::timestamptz
            AND last_received_at < %(until)s::timestamptz
            AND last_received_at < %(silent_before)s::timestamptz
        ORDER BY
            last_received_at,
            node_id
        LIMIT
            %(limit)s
    )
    UNION ALL
    (
        SELECT
            'first',
            count(*) OVER (),
            node_id,
            first_seen_at,
            NULL
        FROM
            state
        WHERE
            first_seen_at >= %(since)s::timestamptz
            AND first_seen_at < %(until)s::timestamptz
        ORDER BY
            first_seen_at,
            node_id
        LIMIT
            %(limit)s
    )
    UNION ALL
    (
        SELECT
            'back',
            count(*) OVER (),
            returned.node_id,
            returned.at,
            returned.before
        FROM
            returned
            JOIN state ON state.node_id = returned.node_id
        WHERE
            state.first_seen_at < %(since)s::timestamptz
        ORDER BY
            returned.at,
            returned.node_id
        LIMIT
            %(limit)s
    )
    UNION ALL
    (
        SELECT
            'rebuilt',
            count(*) OVER (),
            life.node_id,
            life.since,
            NULL
        FROM
            node_life AS life
        WHERE
            life.since >= %(since)s::timestamptz
            AND life.since < %(until)s::timestamptz
            AND (%(node_ids)s::bigint[] IS NULL OR life.node_id = ANY (%(node_ids)s::bigint[]))
            AND (%(many_ids)s::bigint[] IS NULL OR life.node_id IN (SELECT unnest(%(many_ids)s::bigint[])))
            AND EXISTS (
                SELECT
                FROM
                    node_life AS earlier
                WHERE
                    earlier.node_id = life.node_id
                    AND earlier.tool = life.tool
                    AND earlier.since < life.since
            )
        ORDER BY
            life.since,
            life.node_id
        LIMIT
            %(limit)s
    )
)
SELECT
    told.kind,
    told.count,
    node_state.node_id,
    node_state.site,
    node_state.name,
    told.at,
    told.before,
    node_state.is_clock_wrong
FROM
    told
    JOIN node_state ON node_state.node_id = told.node_id
UNION ALL
SELECT
    'all',
    count(*),
    NULL,
    NULL,
    NULL,
    max(last_received_at),
    NULL,
    NULL
FROM
    state
ORDER BY
    kind,
    at,
    name
