"""Runs of days for who sees a part of the fleet, by one short range of an index a node.

Runs before the code that needs it; reads node_day once. The start of a day is what the view calls its hour, so a window
of hours bounds the index: its days are read, however many are kept. A row's day never changes, so no update is dearer.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

STARTED = "CREATE INDEX node_day_started ON node_day (node_id, (day::timestamp AT TIME ZONE 'UTC'))"

# Summed before it is told apart by outcome. Of a day it is not told in which of its runs its corrections were made: they
# stand with the corrected ones, or else with the worst.
FLEET_HOUR = """
CREATE OR REPLACE VIEW visible.fleet_hour AS
SELECT
    summed.hour,
    summed.site,
    summed.environment,
    summed.tool,
    ended.outcome,
    ended.runs::integer AS runs,
    (CASE WHEN ended.is_first THEN summed.corrections ELSE 0 END)::bigint::integer AS corrections,
    (summed.duration_seconds * ended.runs / summed.runs)::double precision AS duration_seconds
FROM
    (
        SELECT
            node_day.day::timestamp AT TIME ZONE 'UTC' AS hour,
            node.site,
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
            visible.node AS node
            JOIN {schema}.node_day AS node_day ON node_day.node_id = node.id
        GROUP BY
            node_day.day::timestamp AT TIME ZONE 'UTC',
            node.site,
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


def look_by_node(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    """Make the view again, for tables in whichever schema is current."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        (schema,) = cursor.fetchone()
        cursor.execute(FLEET_HOUR.replace("{schema}", schema))


class Migration(migrations.Migration):
    dependencies = [("reports", "0011_visible_counts")]

    operations = [
        migrations.RunSQL(STARTED, "DROP INDEX node_day_started"),
        migrations.RunPython(look_by_node, migrations.RunPython.noop),
    ]
