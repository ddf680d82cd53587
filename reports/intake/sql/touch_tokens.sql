-- Remembers when credentials were last used; never goes back in time.
-- Parameters: ids, moments (arrays of equal length).
-- Index: token's primary key.
UPDATE token
SET last_used_at = GREATEST(token.last_used_at, used.moment)
FROM UNNEST(%(ids)s::bigint[], %(moments)s::timestamptz[]) AS used (id, moment)
WHERE token.id = used.id
