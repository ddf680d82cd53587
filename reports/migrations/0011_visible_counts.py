"""What who sees a part asks often, at less cost: the runs of days, and what lists can be filtered by.

`choice` is a view in both schemas, because the quick way differs: over the whole fleet from one value of an index to the
next, at any number of nodes; over a part by looking at its nodes. Runs before the code that needs it.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Summed before it is told apart by outcome. Of a day it is not told in which of its runs its corrections were made: they
# stand with the corrected ones, or else with the worst. Looked up day by day, so that a window costs its own days.
FLEET_HOUR = """
CREATE OR REPLACE VIEW visible.fleet_hour AS
WITH seen AS MATERIALIZED (
    SELECT
        id AS node_id,
        site
    FROM
        visible.node
)
SELECT
    hours.hour,
    summed.site,
    summed.environment,
    summed.tool,
    ended.outcome,
    ended.runs::integer AS runs,
    (CASE WHEN ended.is_first THEN summed.corrections ELSE 0 END)::bigint::integer AS corrections,
    (summed.duration_seconds * ended.runs / summed.runs)::double precision AS duration_seconds
FROM
    generate_series(
        (SELECT min(day) FROM {schema}.node_day)::timestamp AT TIME ZONE 'UTC', now(), interval '1 day'
    ) AS hours (hour)
    CROSS JOIN LATERAL (
        SELECT
            seen.site,
            COALESCE(node_day.environment, '') AS environment,
            COALESCE(node_day.tools[1], '') AS tool,
            sum(node_day.failed) AS failed,
            sum(node_day.stale_catalog) AS stale_catalog,
            sum(node_day.corrected) AS corrected,
            sum(node_day.changed) AS changed,
            sum(node_day.pending) AS pending,
            sum(node_day.unchanged) AS unchanged,
            sum(node_day.runs) AS runs,
            sum(node_day.corrections) AS corrections,
            sum(node_day.duration_seconds) AS duration_seconds
        FROM
            seen
            JOIN {schema}.node_day ON node_day.node_id = seen.node_id
                AND node_day.day = (hours.hour AT TIME ZONE 'UTC')::date
        GROUP BY
            seen.site,
            COALESCE(node_day.environment, ''),
            COALESCE(node_day.tools[1], '')
    ) AS summed
    CROSS JOIN LATERAL (
        SELECT
            outcome,
            runs,
            row_number() OVER (ORDER BY outcome <> 4, outcome DESC) = 1 AS is_first
        FROM
            (VALUES
                (6::smallint, summed.failed), (5::smallint, summed.stale_catalog), (4::smallint, summed.corrected),
                (3::smallint, summed.changed), (2::smallint, summed.pending), (1::smallint, summed.unchanged)
            ) AS told (outcome, runs)
        WHERE
            runs > 0
    ) AS ended
"""

CHOICE_OF_ALL = """
CREATE VIEW {schema}.choice AS
WITH RECURSIVE sites AS (
    SELECT
        min(site) AS site
    FROM
        {schema}.node_state
    UNION ALL
    SELECT
        (SELECT min(node_state.site) FROM {schema}.node_state WHERE node_state.site > sites.site)
    FROM
        sites
    WHERE
        sites.site IS NOT NULL
),
environments AS (
    SELECT
        min(environment) AS environment
    FROM
        {schema}.node_state
    UNION ALL
    SELECT
        (
            SELECT min(node_state.environment) FROM {schema}.node_state
            WHERE node_state.environment > environments.environment
        )
    FROM
        environments
    WHERE
        environments.environment IS NOT NULL
),
combinations AS (
    SELECT
        min(tools) AS tools
    FROM
        {schema}.node_state
    UNION ALL
    SELECT
        (SELECT min(node_state.tools) FROM {schema}.node_state WHERE node_state.tools > combinations.tools)
    FROM
        combinations
    WHERE
        combinations.tools IS NOT NULL
)
SELECT
    ARRAY(SELECT site FROM sites WHERE site IS NOT NULL) AS sites,
    ARRAY(SELECT environment FROM environments WHERE environment <> '') AS environments,
    ARRAY(SELECT DISTINCT unnest(tools) FROM combinations) AS tools
"""

CHOICE_OF_A_PART = """
CREATE VIEW visible.choice AS
WITH seen AS MATERIALIZED (
    SELECT DISTINCT
        site,
        environment,
        tools
    FROM
        visible.node_state
)
SELECT
    ARRAY(SELECT DISTINCT site FROM seen) AS sites,
    ARRAY(SELECT DISTINCT environment FROM seen WHERE environment <> '') AS environments,
    ARRAY(SELECT DISTINCT unnest(tools) FROM seen) AS tools
"""


def make(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    """Make the views, for tables in whichever schema is current."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        (schema,) = cursor.fetchone()
        for statement in (FLEET_HOUR, CHOICE_OF_ALL, CHOICE_OF_A_PART):
            cursor.execute(statement.replace("{schema}", schema))


def take_away(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """The first way to count days gives the same columns, and stays as it is now."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DROP VIEW visible.choice")
        cursor.execute("DROP VIEW choice")


class Migration(migrations.Migration):
    dependencies = [("reports", "0010_failures")]

    operations = [migrations.RunPython(make, take_away)]
