-- One maker of partitions at a time, until its transaction ends.
-- Parameters: none. Index: none.
SELECT
    pg_advisory_xact_lock(hashtextextended('fleetview partitions', 0))
