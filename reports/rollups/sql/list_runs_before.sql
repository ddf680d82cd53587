-- When did these tools run on these nodes of late, up to a moment? In order; runs that did not finish or only looked are
-- left out, for they change nothing.
-- Costs at most `most` runs each, and those of other tools in between.
-- Parameters, columns of equal length, each triple once: node_ids bigint[], tools text[], untils double precision[]
-- (seconds since 1970 began, as list_acts tells them); most integer and within interval: how far back.
-- Index: primary key of run.
SELECT
    asked.node_id,
    asked.tool,
    asked.until,
    array_agg(ran.at ORDER BY ran.at)
FROM
    unnest(%(node_ids)s::bigint[], %(tools)s::text[], %(untils)s::double precision[]) AS asked (node_id, tool, until)
    CROSS JOIN LATERAL (
        SELECT
            EXTRACT(EPOCH FROM run.at)::double precision AS at
        FROM
            run
        WHERE
            run.node_id = asked.node_id
            AND run.tool = asked.tool
            AND run.at <= to_timestamp(asked.until)
            AND run.at > to_timestamp(asked.until) - %(within)s::interval
            AND run.outcome IS NOT NULL
            AND NOT run.noop
        ORDER BY
            run.at DESC
        LIMIT %(most)s
    ) AS ran
GROUP BY
    asked.node_id,
    asked.tool,
    asked.until
