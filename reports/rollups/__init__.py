"""⑤ Count: facts → day and hour rows, recounted from scratch for what went stale."""
