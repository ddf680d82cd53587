-- What did these resources do on these nodes over all the time that days are kept?
-- Costs one short range of days for each pair whose days moved.
-- What stayed as it was is not written. The patterns are given, for they are no sum.
-- Parameters, columns of equal length, each pair once: node_ids bigint[], resource_ids bigint[], patterns integer[],
-- evidences text[].
-- Index: primary key of node_resource_day.
WITH counted AS (
    SELECT
        moved.node_id,
        moved.resource_id,
        moved.pattern,
        moved.evidence,
        summed.*
    FROM
        unnest(
            %(node_ids)s::bigint[], %(resource_ids)s::bigint[], %(patterns)s::integer[], %(evidences)s::text[]
        ) AS moved (node_id, resource_id, pattern, evidence)
        CROSS JOIN LATERAL (
            SELECT
                COALESCE(sum(changes), 0) AS changes,
                COALESCE(sum(corrections), 0) AS corrections,
                COALESCE(sum(failures), 0) AS failures,
                min(first_change_at) AS first_change_at,
                max(last_change_at) AS last_change_at,
                max(last_correction_at) AS last_correction_at,
                -- Logarithms added; what is 2^60 times smaller than the hottest day does not show.
                max(hottest) + ln(sum(power(2, GREATEST(heat - hottest, -60)))) / ln(2) AS heat
            FROM (
                SELECT
                    *,
                    max(heat) OVER () AS hottest
                FROM
                    node_resource_day
                WHERE
                    node_resource_day.node_id = moved.node_id
                    AND node_resource_day.resource_id = moved.resource_id
            ) AS days
        ) AS summed
),
gone AS (
    DELETE FROM node_resource
    USING counted
    WHERE
        counted.last_change_at IS NULL
        AND node_resource.node_id = counted.node_id
        AND node_resource.resource_id = counted.resource_id
)
INSERT INTO node_resource AS kept (
    node_id, resource_id, changes, corrections, failures, first_change_at, last_change_at, last_correction_at, heat,
    pattern, evidence
)
SELECT
    node_id,
    resource_id,
    changes,
    corrections,
    failures,
    first_change_at,
    last_change_at,
    last_correction_at,
    heat,
    pattern,
    evidence
FROM
    counted
WHERE
    last_change_at IS NOT NULL
ON CONFLICT (node_id, resource_id) DO UPDATE SET
    changes = excluded.changes,
    corrections = excluded.corrections,
    failures = excluded.failures,
    first_change_at = excluded.first_change_at,
    last_change_at = excluded.last_change_at,
    last_correction_at = excluded.last_correction_at,
    heat = excluded.heat,
    pattern = excluded.pattern,
    evidence = excluded.evidence
WHERE
    (
        kept.changes, kept.corrections, kept.failures, kept.first_change_at, kept.last_change_at,
        kept.last_correction_at, kept.heat, kept.pattern, kept.evidence
    ) IS DISTINCT FROM (
        excluded.changes, excluded.corrections, excluded.failures, excluded.first_change_at, excluded.last_change_at,
        excluded.last_correction_at, excluded.heat, excluded.pattern, excluded.evidence
    )
