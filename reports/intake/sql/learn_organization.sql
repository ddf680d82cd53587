-- Which organization is a credential's own: the one it has, else that of another credential of its name, else the one given.
-- Parameters: token_id, organization.
-- Index: token's primary key; the table is small.
UPDATE token
SET organization = COALESCE(
        organization,
        (
            SELECT other.organization
            FROM token AS other
            WHERE other.name = token.name
              AND other.site = token.site
              AND other.organization IS NOT NULL
            ORDER BY other.id
            LIMIT 1
        ),
        %(organization)s
    )
WHERE id = %(token_id)s
RETURNING organization
