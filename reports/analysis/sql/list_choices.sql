-- Which sites, environments and sets of tools do nodes have?
-- A view, which hops from one value of an index to the next: costs as many descents as there are values, at any number
-- of nodes. For who sees a part of the fleet it looks at each node that is seen.
-- Parameters: none.
-- Index: node_state_site, node_state_environment, node_state_tools.
SELECT
    sites,
    environments,
    tools
FROM
    choice
