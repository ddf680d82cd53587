-- Am I the one who counts, until this transaction ends? One recounter is enough for any fleet, and never doubles.
-- Parameters: none. Index: none.
SELECT
    pg_try_advisory_xact_lock(hashtextextended('fleetview recount', 0))
