-- Which facts and packages changed in a window? The same change on many nodes is one line, the most widespread first.
-- Parameters: since and until timestamptz (until is not in it), node_ids bigint[] or NULL (any node),
--   many_ids the same for more nodes than are looked up by key; "limit" integer.
-- Index: inventory_change_at (what changed in the window), or for few nodes the primary key of inventory_change; the
--   primary keys of node and node_state.
WITH per_node AS (
    SELECT
        is_package,
        name,
        old,
        new,
        node_id,
        min(at) AS first_at
    FROM
        inventory_change
    WHERE
        at >= %(since)s::timestamptz
        AND at < %(until)s::timestamptz
        AND (%(node_ids)s::bigint[] IS NULL OR node_id = ANY (%(node_ids)s::bigint[]))
        AND (%(many_ids)s::bigint[] IS NULL OR node_id IN (SELECT unnest(%(many_ids)s::bigint[])))
    GROUP BY
        is_package,
        name,
        old,
        new,
        node_id
),
folded AS (
    SELECT
        is_package,
        name,
        old,
        new,
        count(*) AS nodes,
        min(first_at) AS first_at,
        (array_agg(node_id ORDER BY first_at, node_id))[1] AS node_id
    FROM
        per_node
    GROUP BY
        is_package,
        name,
        old,
        new
),
page AS (
    SELECT
        *,
        count(*) OVER () AS lines
    FROM
        folded
    ORDER BY
        nodes DESC,
        first_at,
        name
    LIMIT
        %(limit)s
)
SELECT
    page.lines,
    page.is_package,
    page.name,
    left(page.old #>> '{}', 400) AS old,
    left(page.new #>> '{}', 400) AS new,
    page.nodes,
    page.first_at,
    node.site,
    node.name,
    coalesce(node_state.is_clock_wrong, false) AS is_clock_wrong
FROM
    page
    JOIN node ON node.id = page.node_id
    LEFT JOIN node_state ON node_state.node_id = page.node_id
ORDER BY
    page.nodes DESC,
    page.first_at,
    page.name
