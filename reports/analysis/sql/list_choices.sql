-- Which sites, environments and sets of tools do nodes have?
-- Hops from one value of an index to the next: costs as many descents as there are values, at any number of nodes.
-- Parameters: none.
-- Index: node_state_site, node_state_environment, node_state_tools.
WITH RECURSIVE sites AS (
    SELECT
        min(site) AS site
    FROM
        node_state
    UNION ALL
    SELECT
        (SELECT min(node_state.site) FROM node_state WHERE node_state.site > sites.site)
    FROM
        sites
    WHERE
        sites.site IS NOT NULL
),
environments AS (
    SELECT
        min(environment) AS environment
    FROM
        node_state
    UNION ALL
    SELECT
        (SELECT min(node_state.environment) FROM node_state WHERE node_state.environment > environments.environment)
    FROM
        environments
    WHERE
        environments.environment IS NOT NULL
),
combinations AS (
    SELECT
        min(tools) AS tools
    FROM
        node_state
    UNION ALL
    SELECT
        (SELECT min(node_state.tools) FROM node_state WHERE node_state.tools > combinations.tools)
    FROM
        combinations
    WHERE
        combinations.tools IS NOT NULL
)
SELECT
    ARRAY(SELECT site FROM sites WHERE site IS NOT NULL) AS sites,
    ARRAY(SELECT environment FROM environments WHERE environment <> '') AS environments,
    ARRAY(SELECT DISTINCT unnest(tools) FROM combinations) AS tools
