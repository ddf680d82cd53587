-- Which types of resources are there?
-- Hops from one type to the next: costs as many descents as there are types, however many resources have them.
-- Parameters: none.
-- Index: resource_name.
WITH RECURSIVE types AS (
    SELECT
        min(left(type, 100) COLLATE "C") AS type
    FROM
        resource
    UNION ALL
    SELECT
        (
            SELECT
                min(left(resource.type, 100) COLLATE "C")
            FROM
                resource
            WHERE
                left(resource.type, 100) COLLATE "C" > types.type
        )
    FROM
        types
    WHERE
        types.type IS NOT NULL
)
SELECT
    type
FROM
    types
WHERE
    type IS NOT NULL
LIMIT
    1000
