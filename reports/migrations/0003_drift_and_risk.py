"""What drift and risk remember: declared states, nodes whose causes went stale, patterns, fleet events, forecasts."""

import django.contrib.postgres.fields
from django.db import migrations, models

RUN = "ALTER TABLE run ADD COLUMN declared_set_id bigint"
RUN_BACK = "ALTER TABLE run DROP COLUMN declared_set_id"

# One resource on one node: what it was set to before.
CHANGE = "CREATE INDEX change_node_resource ON change (node_id, resource_id, at)"
CHANGE_BACK = "DROP INDEX change_node_resource"

SAID = "ALTER TABLE change ADD COLUMN said_triggered boolean NOT NULL DEFAULT false"
SAID_BACK = "ALTER TABLE change DROP COLUMN said_triggered"

# The same change on other nodes at about one time.
LIKENESS = """
ALTER TABLE change ADD COLUMN likeness bigint;
CREATE INDEX change_likeness ON change (likeness, at) WHERE likeness IS NOT NULL;
"""
LIKENESS_BACK = "ALTER TABLE change DROP COLUMN likeness"


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
            model_name='nodestate',
            name='role',
            field=models.TextField(null=True),
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
    ]
