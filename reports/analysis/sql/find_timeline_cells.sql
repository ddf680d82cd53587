-- What each resource of one node did in each of these columns of time: the resources with most corrections, then
-- failures, then changes first, and of each cell the change that weighs most, the newest of equals. Where there are more
-- changes than most_read, marked_since is the first moment of those that were read; else it is NULL.
-- Parameters: node_id bigint; starts and ends timestamptz[], ascending and apart from each other; most_read and
--   most_rows integer.
-- Index: the primary key of change, over the time from the first column to the last, newest first; then the keys of
--   resource and node_resource for the rows that are shown.
WITH read AS MATERIALIZED (
    SELECT
        resource_id,
        at,
        run_id,
        ordinal,
        status,
        cause,
        width_bucket(at, %(starts)s::timestamptz[]) AS place
    FROM
        change
    WHERE
        node_id = %(node_id)s::bigint
        AND at >= (%(starts)s::timestamptz[])[1]
        AND at <= (%(ends)s::timestamptz[])[cardinality(%(ends)s::timestamptz[])]
    ORDER BY
        at DESC
    LIMIT
        %(most_read)s::integer
),
placed AS (
    SELECT
        read.*,
        CASE
            WHEN status = 2 THEN 1 -- failed
            WHEN status = 4 THEN 3 -- pending
            WHEN status = 3 THEN 9 -- skipped
            WHEN cause = 1 THEN 2 -- corrective
            WHEN cause = 0 THEN 4 -- unknown
            WHEN cause = 4 THEN 5 -- repeated
            WHEN cause = 2 THEN 6 -- intended
            WHEN cause = 5 THEN 7 -- triggered
            ELSE 8 -- first build
        END AS weight
    FROM
        read
    WHERE
        at <= (%(ends)s::timestamptz[])[place]
),
ranked AS (
    SELECT
        resource_id,
        count(*) FILTER (WHERE status = 1 AND cause = 1) AS corrections,
        count(*) FILTER (WHERE status = 2) AS failures,
        min(weight) AS weight,
        count(*) AS changes,
        count(*) OVER () AS resources,
        (SELECT min(at) FROM read HAVING count(*) = %(most_read)s::integer) AS marked_since
    FROM
        placed
    GROUP BY
        resource_id
    ORDER BY
        corrections DESC,
        failures DESC,
        weight,
        changes DESC,
        resource_id
    LIMIT
        %(most_rows)s::integer
),
named AS MATERIALIZED ( -- a row a resource, before there is one a cell, whatever is known of the sizes of tables
    SELECT
        ranked.*,
        resource.type,
        resource.title,
        node_resource.pattern,
        node_resource.evidence
    FROM
        ranked
        JOIN resource ON resource.id = ranked.resource_id
        LEFT JOIN node_resource ON node_resource.node_id = %(node_id)s::bigint
            AND node_resource.resource_id = ranked.resource_id
)
SELECT DISTINCT ON (named.corrections, named.failures, named.weight, named.changes, named.resource_id, placed.place)
    named.resources,
    named.marked_since,
    named.resource_id,
    named.type,
    named.title,
    named.corrections,
    named.failures,
    named.changes,
    named.pattern,
    named.evidence,
    placed.place - 1,
    count(*) OVER (PARTITION BY placed.resource_id, placed.place),
    placed.status,
    placed.cause,
    placed.at,
    placed.run_id,
    placed.ordinal
FROM
    named
    JOIN placed USING (resource_id)
ORDER BY
    named.corrections DESC,
    named.failures DESC,
    named.weight,
    named.changes DESC,
    named.resource_id,
    placed.place,
    placed.weight,
    placed.at DESC,
    placed.ordinal
