"""The schema `visible`: what a person sees who may see a part of the fleet. Runs before the code that needs it.

A request of such a person has `visible` as its whole search path, so a table without a view here does not exist for it:
what was forgotten fails, and shows nothing. Views keep the columns that their table has when they are made: a migration
that adds a column makes the view again (docs/decisions/visibility.md). The tables need not lie in `public`.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SEEN = "(SELECT node_id FROM visible.visible_node)"

# Every row: nothing in it is about a node, or it can be found only from a row that is seen.
WHOLE = ("auth_user", "person", "django_session", "people_group_member", "resource_set", "backtest")

# The rows of nodes that are seen.
OF_NODES = (
    "node_life", "node_state", "run", "run_detail", "change", "inventory", "inventory_change",
    "node_day", "node_resource", "node_resource_day", "node_risk",
)  # fmt: skip

# Some rows, in this order: a view may look into those before it.
SOME = {
    "visible_node": "group_id = ANY (current_setting('fleetview.groups')::bigint[])",
    "people_group": "id = ANY (current_setting('fleetview.groups')::bigint[])",
    "node": f"id IN {SEEN}",
    **{table: f"node_id IN {SEEN}" for table in OF_NODES},
    # What a node that is seen changed, would have changed, or looked at in its newest run.
    "resource": """
        EXISTS (SELECT FROM visible.node_resource AS acted WHERE acted.resource_id = resource.id)
        OR EXISTS (SELECT FROM visible.change AS acted WHERE acted.resource_id = resource.id)
        OR id IN (
            SELECT unnest(resource_ids)
            FROM {schema}.resource_set AS listed
            WHERE listed.id IN (
                SELECT run.resource_set_id
                FROM visible.node_state AS state
                JOIN {schema}.run ON run.node_id = state.node_id
                    AND run.at = state.last_run_at
                    AND run.id = state.last_run_id
            )
        )""",
    "note": f"""
        node_id IN {SEEN}
        OR (node_id IS NULL AND EXISTS (SELECT FROM visible.resource AS noted WHERE noted.id = note.resource_id))""",
    "token": "owner_id = current_setting('fleetview.person')::bigint",
    # A view's name and query may speak of nodes that are not seen: shared ones come from people of the same groups.
    "saved_view": """
        owner_id = current_setting('fleetview.person')::bigint
        OR is_shared AND owner_id IN (
            SELECT mate.user_id
            FROM {schema}.people_group_member AS mate
            WHERE mate.group_id = ANY (current_setting('fleetview.groups')::bigint[])
        )""",
    "audit_entry": "false",  # written, and read by nobody but admins, who see all
    "refused": "false",  # what could not be read may name any node
}

# Counts of the fleet, counted anew from what is seen.
COUNTED = {
    # Days and doors; senders are left out, for one may be named like a node.
    "intake_day": """
        SELECT id, day, door, ''::text AS sender, stored, duplicates, ignored, refused, shed, bytes, last_received_at
        FROM {schema}.intake_day""",
    # By whole days, which are kept of each node: their hours are not. Looked up day by day, so that a window costs its
    # own days, however many there are.
    "fleet_hour": """
        SELECT
            hours.hour,
            counted.site,
            counted.environment,
            counted.tool,
            counted.outcome,
            counted.runs::integer AS runs,
            counted.corrections::integer AS corrections,
            counted.duration_seconds
        FROM
            generate_series(
                (SELECT min(day) FROM {schema}.node_day)::timestamp AT TIME ZONE 'UTC', now(), interval '1 day'
            ) AS hours (hour)
            CROSS JOIN LATERAL (
                SELECT
                    node.site,
                    COALESCE(node_day.environment, '') AS environment,
                    COALESCE(node_day.tools[1], '') AS tool,
                    ended.outcome,
                    sum(ended.runs) AS runs,
                    -- Of a day it is not told in which of its runs: they stand with the corrected ones, if there are any.
                    COALESCE(sum(node_day.corrections) FILTER (WHERE ended.is_first), 0) AS corrections,
                    sum(node_day.duration_seconds * ended.runs / node_day.runs) AS duration_seconds
                FROM
                    visible.node_day AS node_day
                    JOIN {schema}.node ON node.id = node_day.node_id
                    CROSS JOIN LATERAL (
                        SELECT
                            outcome,
                            runs,
                            row_number() OVER (ORDER BY outcome <> 4, outcome DESC) = 1 AS is_first
                        FROM
                            (VALUES
                                (6::smallint, node_day.failed), (5::smallint, node_day.stale_catalog),
                                (4::smallint, node_day.corrected), (3::smallint, node_day.changed),
                                (2::smallint, node_day.pending), (1::smallint, node_day.unchanged)
                            ) AS told (outcome, runs)
                        WHERE
                            runs > 0
                    ) AS ended
                WHERE
                    node_day.day = (hours.hour AT TIME ZONE 'UTC')::date
                GROUP BY
                    node.site,
                    COALESCE(node_day.environment, ''),
                    COALESCE(node_day.tools[1], ''),
                    ended.outcome
            ) AS counted""",
    "resource_day": """
        SELECT
            resource_id,
            day,
            environment,
            count(*)::integer AS nodes,
            (count(*) FILTER (WHERE corrections > 0))::integer AS corrected_nodes,
            sum(changes)::integer AS changes,
            sum(corrections)::integer AS corrections,
            sum(failures)::integer AS failures,
            max(hottest) + ln(sum(power(2, GREATEST(heat - hottest, -60)))) / ln(2) AS heat,
            max(last_correction_at) AS last_correction_at
        FROM (
            SELECT
                resource_id,
                day,
                COALESCE(environment, '') AS environment,
                changes,
                corrections,
                failures,
                heat,
                last_correction_at,
                max(heat) OVER (PARTITION BY resource_id, day, COALESCE(environment, '')) AS hottest
            FROM
                visible.node_resource_day
        ) AS days
        GROUP BY
            resource_id,
            day,
            environment""",
    # What repeats is no heat, as in the counts of the fleet.
    "resource_environment": """
        SELECT
            resource_id,
            environment,
            sum(corrections)::integer AS corrections,
            max(hottest) + ln(sum(power(2, GREATEST(heat - hottest, -60)))) / ln(2) AS heat,
            max(last_correction_at) AS last_correction_at
        FROM (
            SELECT
                acted.resource_id,
                COALESCE(state.environment, '') AS environment,
                acted.corrections,
                acted.heat,
                acted.last_correction_at,
                max(acted.heat) OVER (PARTITION BY acted.resource_id, COALESCE(state.environment, '')) AS hottest
            FROM
                visible.node_resource AS acted
                JOIN {schema}.node_state AS state ON state.node_id = acted.node_id
            WHERE
                acted.heat IS NOT NULL
                AND acted.pattern IS DISTINCT FROM 4 -- repeater
        ) AS nodes
        GROUP BY
            resource_id,
            environment""",
    "resource_state": """
        SELECT
            resource_id,
            sum(corrections)::integer AS corrections,
            max(hottest) + ln(sum(power(2, GREATEST(heat - hottest, -60)))) / ln(2) AS heat,
            max(last_correction_at) AS last_correction_at
        FROM (
            SELECT
                resource_id,
                corrections,
                heat,
                last_correction_at,
                max(heat) OVER (PARTITION BY resource_id) AS hottest
            FROM
                visible.node_resource
            WHERE
                heat IS NOT NULL
                AND pattern IS DISTINCT FROM 4 -- repeater
        ) AS nodes
        GROUP BY
            resource_id""",
    # Where as many nodes of an event are seen as make one. It is over when its changes are no longer kept.
    "fleet_event": """
        SELECT
            event.resource_id,
            event.environment,
            event.started_at,
            event.ended_at,
            held.nodes::integer AS nodes,
            held.corrections::integer AS corrections
        FROM
            {schema}.fleet_event AS event
            CROSS JOIN LATERAL (
                SELECT
                    count(DISTINCT correction.node_id) AS nodes,
                    count(*) AS corrections
                FROM
                    visible.change AS correction
                WHERE
                    correction.resource_id = event.resource_id
                    AND correction.at >= event.started_at
                    AND correction.at <= event.ended_at
                    AND correction.status = 1
                    AND correction.cause = 1
                    AND COALESCE(correction.environment, '') = event.environment
            ) AS held
        WHERE
            held.nodes >= 5""",
}


def show(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the schema, where an operator has not, and its views. A view may write what it shows, and nothing else."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema()), to_regnamespace('visible') IS NULL")
        schema, is_missing = cursor.fetchone()
        if is_missing:
            cursor.execute("CREATE SCHEMA visible")
        for table in WHOLE:
            cursor.execute(f"CREATE VIEW visible.{table} AS SELECT * FROM {schema}.{table}")
        for table, condition in SOME.items():
            is_checked = table not in ("audit_entry", "token")  # written by people who do not see what they wrote
            cursor.execute(
                f"CREATE VIEW visible.{table} AS SELECT * FROM {schema}.{table} "
                f"WHERE {condition.replace('{schema}', schema)} {'WITH LOCAL CHECK OPTION' if is_checked else ''}"
            )
        for table, select in COUNTED.items():
            cursor.execute(f"CREATE VIEW visible.{table} AS {select.replace('{schema}', schema)}")


def hide(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take it all away."""
    schema_editor.execute("DROP SCHEMA visible CASCADE")


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_tokens_on_pages"), ("auth", "0012_alter_user_first_name_max_length"), ("sessions", "0001_initial")]

    operations = [migrations.RunPython(show, hide)]
