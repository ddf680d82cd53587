-- Keep what is newer of nodes' facts and packages; what is NULL here stays as it is. A role comes and goes with the facts.
-- Parameters, columns of equal length: node_ids bigint[], tools text[], facts text[] (JSON), facts_ats timestamptz[],
-- packages text[] (JSON), packages_ats timestamptz[], roles text[].
-- Index: primary key of inventory.
INSERT INTO inventory (node_id, tool, facts, facts_at, packages, packages_at, role)
SELECT
    told.node_id,
    told.tool,
    told.facts::jsonb,
    told.facts_at,
    told.packages::jsonb,
    told.packages_at,
    told.role
FROM
    unnest(
        %(node_ids)s::bigint[], %(tools)s::text[], %(facts)s::text[], %(facts_ats)s::timestamptz[],
        %(packages)s::text[], %(packages_ats)s::timestamptz[], %(roles)s::text[]
    ) AS told (node_id, tool, facts, facts_at, packages, packages_at, role)
ON CONFLICT (node_id, tool) DO UPDATE SET
    facts = COALESCE(excluded.facts, inventory.facts),
    facts_at = COALESCE(excluded.facts_at, inventory.facts_at),
    packages = COALESCE(excluded.packages, inventory.packages),
    packages_at = COALESCE(excluded.packages_at, inventory.packages_at),
    role = CASE
        WHEN excluded.facts IS NULL THEN inventory.role
        ELSE excluded.role
    END
