-- One transaction at a time counts companions or tells them, so that of two changes that come at once one sees the other.
-- Parameters: none. Index: none.
SELECT
    pg_advisory_xact_lock(hashtextextended('fleetview companions', 0))
