-- Let nobody else foretell until this transaction ends; who reads goes on reading.
-- Parameters: none. Index: none.
SELECT
    pg_advisory_xact_lock(hashtextextended('fleetview foretelling', 0))
