-- Keep what is newer of nodes' facts and packages; what is NULL here stays as it is.
-- Parameters, columns of equal length: node_ids bigint[], tools text[], facts text[] (JSON), facts_ats timestamptz[],
-- packages text[] (JSON), packages_ats timestamptz[].
-- Index: primary key of inventory.
INSERT INTO inventory (node_id, tool, facts, facts_at, packages, packages_at)
SELECT
    told.node_id,
    told.tool,
    told.facts::jsonb,
    told.facts_at,
    told.packages::jsonb,
    told.packages_at
FROM
    unnest(
        %(node_ids)s::bigint[], %(tools)s::text[], %(facts)s::text[], %(facts_ats)s::timestamptz[],
        %(packages)s::text[], %(packages_ats)s::timestamptz[]
    ) AS told (node_id, tool, facts, facts_at, packages, packages_at)
ON CONFLICT (node_id, tool) DO UPDATE SET
    facts = COALESCE(excluded.facts, inventory.facts),
    facts_at = COALESCE(excluded.facts_at, inventory.facts_at),
    packages = COALESCE(excluded.packages, inventory.packages),
    packages_at = COALESCE(excluded.packages_at, inventory.packages_at)
