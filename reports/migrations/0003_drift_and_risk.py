"""What drift and risk remember: declared states, nodes whose causes went stale, patterns, fleet events, forecasts."""

import django.contrib.postgres.fields
from django.db import migrations, models

RUN = "ALTER TABLE run ADD COLUMN declared_set_id bigint"
RUN_BACK = "ALTER TABLE run DROP COLUMN declared_set_id"

# One resource on one node: what it was set to before.
CHANGE = "CREATE INDEX change_node_resource ON change (node_id, resource_id, at)"
CHANGE_BACK = "DROP INDEX change_node_resource"

SAID = """
ALTER TABLE change ADD COLUMN said_triggered boolean NOT NULL DEFAULT false;
ALTER TABLE change ADD COLUMN is_action boolean NOT NULL DEFAULT false;
"""
SAID_BACK = "ALTER TABLE change DROP COLUMN said_triggered, DROP COLUMN is_action"

# The same change on other nodes at about one time.
LIKENESS = """
ALTER TABLE change ADD COLUMN likeness bigint;
CREATE INDEX change_likeness ON change (likeness, at) WHERE likeness IS NOT NULL;
"""
LIKENESS_BACK = "ALTER TABLE change DROP COLUMN likeness"

# Two tools tell the same machine by different identities. What is there was told by the tool of the node's inventory.
LIFE = """
ALTER TABLE node_life ADD COLUMN tool text;
UPDATE node_life SET
    tool = COALESCE((SELECT min(inventory.tool) FROM inventory WHERE inventory.node_id = node_life.node_id), '');
ALTER TABLE node_life
    ALTER COLUMN tool SET NOT NULL,
    DROP CONSTRAINT node_life_pkey,
    ADD PRIMARY KEY (node_id, tool, machine_id, since);
"""
LIFE_BACK = """
ALTER TABLE node_life
    DROP CONSTRAINT node_life_pkey,
    DROP COLUMN tool,
    ADD PRIMARY KEY (node_id, machine_id, since);
"""
NODE_LIFE = migrations.CreateModel(
    name="NodeLife",
    fields=[
        (
            "pk",
            models.CompositePrimaryKey(
                "node_id", "tool", "machine_id", "since", blank=True, editable=False, primary_key=True, serialize=False
            ),
        ),
        ("node_id", models.BigIntegerField()),
        ("tool", models.TextField()),
        ("machine_id", models.BigIntegerField()),
        ("since", models.DateTimeField()),
        ("machine", models.TextField()),
    ],
    options={"db_table": "node_life"},
)


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0002_partitioned_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Backtest',
            fields=[
                ('ran_at', models.DateTimeField(primary_key=True, serialize=False)),
                ('weeks', models.IntegerField()),
                ('result', models.JSONField()),
            ],
            options={
                'db_table': 'backtest',
            },
        ),
        migrations.CreateModel(
            name='DeclaredSet',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('used_on', models.DateField()),
                ('declared_ids', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
            ],
            options={
                'db_table': 'declared_set',
            },
        ),
        migrations.CreateModel(
            name='StaleCause',
            fields=[
                ('node_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
                ('marks', models.IntegerField(default=1)),
            ],
            options={
                'db_table': 'stale_cause',
            },
        ),
        migrations.AddField(
            model_name='fleethour',
            name='corrections',
            field=models.IntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name='noderesource',
            name='evidence',
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name='noderesource',
            name='last_correction_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='noderesource',
            name='pattern',
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='noderesourceday',
            name='last_correction_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='inventory',
            name='role',
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name='staleday',
            name='since',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='nodestate',
            name='role',
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name='nodestate',
            name='last_correction_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='nodeday',
            name='last_correction_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='resourceday',
            name='corrected_nodes',
            field=models.IntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name='resourceday',
            name='heat',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='resourceday',
            name='last_correction_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RemoveIndex(
            model_name='nodestate',
            name='node_state_heat',
        ),
        migrations.RemoveIndex(
            model_name='noderesource',
            name='node_resource_heat',
        ),
        migrations.AddIndex(
            model_name='nodestate',
            index=models.Index(condition=models.Q(('heat__isnull', False)), fields=['-heat', '-node_id'], name='node_state_hottest'),
        ),
        migrations.AddIndex(
            model_name='nodestate',
            index=models.Index(condition=models.Q(('heat__isnull', False)), fields=['environment', '-heat', '-node_id'], name='node_state_hottest_of'),
        ),
        migrations.AddIndex(
            model_name='nodestate',
            index=models.Index(fields=['site'], name='node_state_site'),
        ),
        migrations.AddIndex(
            model_name='nodestate',
            index=models.Index(fields=['tools'], name='node_state_tools'),
        ),
        migrations.AddIndex(
            model_name='nodeday',
            index=models.Index(condition=models.Q(('corrections__gt', 0)), fields=['day'], include=('node_id', 'environment', 'corrections'), name='node_day_corrections'),
        ),
        migrations.AddIndex(
            model_name='noderesource',
            index=models.Index(condition=models.Q(('heat__isnull', False)), fields=['node_id', '-heat'], name='node_resource_hottest'),
        ),
        migrations.AddIndex(
            model_name='noderesource',
            index=models.Index(condition=models.Q(('heat__isnull', False)), fields=['resource_id', '-heat'], name='node_resource_hottest_on'),
        ),
        migrations.AddIndex(
            model_name='noderesource',
            index=models.Index(condition=models.Q(('heat__isnull', False), ('pattern', 4)), fields=['resource_id'], include=('node_id', 'heat'), name='node_resource_repeating'),
        ),
        migrations.AddIndex(
            model_name='noderesource',
            index=models.Index(condition=models.Q(('pattern__isnull', False)), fields=['pattern', 'resource_id'], include=('node_id', 'last_change_at', 'changes'), name='node_resource_pattern'),
        ),
        migrations.CreateModel(
            name='ResourceState',
            fields=[
                ('resource_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('corrections', models.IntegerField()),
                ('heat', models.FloatField()),
                ('last_correction_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'resource_state',
                'indexes': [models.Index(fields=['-heat', '-resource_id'], name='resource_state_hottest')],
            },
        ),
        migrations.CreateModel(
            name='ResourceEnvironment',
            fields=[
                ('pk', models.CompositePrimaryKey('resource_id', 'environment', blank=True, editable=False, primary_key=True, serialize=False)),
                ('resource_id', models.BigIntegerField()),
                ('environment', models.TextField()),
                ('corrections', models.IntegerField()),
                ('heat', models.FloatField()),
                ('last_correction_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'resource_environment',
                'indexes': [models.Index(fields=['environment', '-heat', '-resource_id'], name='resource_environment_hottest')],
            },
        ),
        migrations.CreateModel(
            name='FleetEvent',
            fields=[
                ('pk', models.CompositePrimaryKey('resource_id', 'environment', 'started_at', blank=True, editable=False, primary_key=True, serialize=False)),
                ('resource_id', models.BigIntegerField()),
                ('environment', models.TextField()),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField()),
                ('nodes', models.IntegerField()),
                ('corrections', models.IntegerField()),
            ],
            options={
                'db_table': 'fleet_event',
                'indexes': [models.Index(models.OrderBy(models.F('started_at'), descending=True), name='fleet_event_newest')],
            },
        ),
        migrations.CreateModel(
            name='NodeRisk',
            fields=[
                ('node_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('probability', models.FloatField()),
                ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('foretold_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'node_risk',
                'indexes': [models.Index(models.OrderBy(models.F('probability'), descending=True), models.F('node_id'), name='node_risk_probability')],
            },
        ),
        migrations.RunSQL(RUN, RUN_BACK),
        migrations.RunSQL(CHANGE, CHANGE_BACK),
        migrations.RunSQL(SAID, SAID_BACK),
        migrations.RunSQL(LIKENESS, LIKENESS_BACK),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(LIFE, LIFE_BACK)],
            state_operations=[migrations.DeleteModel("NodeLife"), NODE_LIFE],
        ),
    ]
