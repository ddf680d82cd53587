"""Tables of facts, counts and doors, all but the partitioned ones. Runs before the code that needs them."""


import django.contrib.postgres.fields
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('pk', models.CompositePrimaryKey('node_id', 'at', 'run_id', 'ordinal', blank=True, editable=False, primary_key=True, serialize=False)),
                ('node_id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('resource_id', models.BigIntegerField()),
                ('run_id', models.UUIDField()),
                ('ordinal', models.IntegerField()),
                ('status', models.SmallIntegerField()),
                ('cause', models.SmallIntegerField()),
                ('cause_source', models.SmallIntegerField(null=True)),
                ('said_corrective', models.BooleanField(null=True)),
                ('is_sensitive', models.BooleanField()),
                ('tool', models.TextField()),
                ('environment', models.TextField(null=True)),
                ('property', models.TextField(null=True)),
                ('old', models.TextField(null=True)),
                ('new', models.TextField(null=True)),
                ('reason', models.TextField()),
                ('message', models.TextField(null=True)),
                ('diff', models.TextField(null=True)),
                ('key', models.TextField(null=True)),
                ('defined_at', models.TextField(null=True)),
                ('found', models.TextField(null=True)),
                ('desired', models.TextField(null=True)),
            ],
            options={
                'db_table': 'change',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='InventoryChange',
            fields=[
                ('pk', models.CompositePrimaryKey('node_id', 'at', 'tool', 'ordinal', blank=True, editable=False, primary_key=True, serialize=False)),
                ('node_id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('ordinal', models.IntegerField()),
                ('tool', models.TextField()),
                ('is_package', models.BooleanField()),
                ('name', models.TextField()),
                ('old', models.JSONField(null=True)),
                ('new', models.JSONField(null=True)),
            ],
            options={
                'db_table': 'inventory_change',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('pk', models.CompositePrimaryKey('node_id', 'at', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('node_id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('resource_set_id', models.BigIntegerField(null=True)),
                ('machine_id', models.BigIntegerField(null=True)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('id', models.UUIDField()),
                ('duration_ms', models.IntegerField(null=True)),
                ('total', models.IntegerField()),
                ('unchanged', models.IntegerField()),
                ('changed', models.IntegerField(null=True)),
                ('failed', models.IntegerField(null=True)),
                ('skipped', models.IntegerField(null=True)),
                ('pending', models.IntegerField(null=True)),
                ('corrective', models.IntegerField(null=True)),
                ('intended', models.IntegerField(null=True)),
                ('first_build', models.IntegerField(null=True)),
                ('repeated', models.IntegerField(null=True)),
                ('triggered', models.IntegerField(null=True)),
                ('unknown', models.IntegerField(null=True)),
                ('outcome', models.SmallIntegerField(null=True)),
                ('richness', models.SmallIntegerField()),
                ('noop', models.BooleanField()),
                ('tool', models.TextField()),
                ('environment', models.TextField(null=True)),
                ('code_version', models.TextField(null=True)),
            ],
            options={
                'db_table': 'run',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='RunDetail',
            fields=[
                ('pk', models.CompositePrimaryKey('node_id', 'at', 'run_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('node_id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('run_id', models.UUIDField()),
                ('message', models.TextField(null=True)),
                ('tool_version', models.TextField(null=True)),
                ('logs', models.JSONField()),
                ('timings', models.JSONField()),
            ],
            options={
                'db_table': 'run_detail',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Inventory',
            fields=[
                ('pk', models.CompositePrimaryKey('node_id', 'tool', blank=True, editable=False, primary_key=True, serialize=False)),
                ('node_id', models.BigIntegerField()),
                ('tool', models.TextField()),
                ('facts', models.JSONField(null=True)),
                ('facts_at', models.DateTimeField(null=True)),
                ('packages', models.JSONField(null=True)),
                ('packages_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'inventory',
            },
        ),
        migrations.CreateModel(
            name='NodeLife',
            fields=[
                ('pk', models.CompositePrimaryKey('node_id', 'machine_id', 'since', blank=True, editable=False, primary_key=True, serialize=False)),
                ('node_id', models.BigIntegerField()),
                ('machine_id', models.BigIntegerField()),
                ('since', models.DateTimeField()),
                ('machine', models.TextField()),
            ],
            options={
                'db_table': 'node_life',
            },
        ),
        migrations.CreateModel(
            name='Resource',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('type', models.TextField()),
                ('title', models.TextField()),
            ],
            options={
                'db_table': 'resource',
            },
        ),
        migrations.CreateModel(
            name='ResourceSet',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('used_on', models.DateField()),
                ('resource_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
            ],
            options={
                'db_table': 'resource_set',
            },
        ),
        migrations.CreateModel(
            name='StaleDay',
            fields=[
                ('pk', models.CompositePrimaryKey('node_id', 'day', blank=True, editable=False, primary_key=True, serialize=False)),
                ('node_id', models.BigIntegerField()),
                ('day', models.DateField()),
                ('marks', models.IntegerField(default=1)),
            ],
            options={
                'db_table': 'stale_day',
            },
        ),
        migrations.CreateModel(
            name='StaleHour',
            fields=[
                ('hour', models.DateTimeField(primary_key=True, serialize=False)),
                ('marks', models.IntegerField(default=1)),
                ('marked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'db_table': 'stale_hour',
            },
        ),
        migrations.CreateModel(
            name='FleetHour',
            fields=[
                ('pk', models.CompositePrimaryKey('hour', 'site', 'environment', 'tool', 'outcome', blank=True, editable=False, primary_key=True, serialize=False)),
                ('hour', models.DateTimeField()),
                ('site', models.TextField()),
                ('environment', models.TextField()),
                ('tool', models.TextField()),
                ('outcome', models.SmallIntegerField()),
                ('runs', models.IntegerField()),
                ('duration_seconds', models.FloatField()),
            ],
            options={
                'db_table': 'fleet_hour',
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', [1, 2, 3, 4, 5, 6])), name='fleet_hour_outcome')],
            },
        ),
        migrations.CreateModel(
            name='IntakeDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('door', models.TextField()),
                ('sender', models.TextField()),
                ('stored', models.BigIntegerField(default=0)),
                ('duplicates', models.BigIntegerField(default=0)),
                ('ignored', models.BigIntegerField(default=0)),
                ('refused', models.BigIntegerField(default=0)),
                ('shed', models.BigIntegerField(default=0)),
                ('bytes', models.BigIntegerField(default=0)),
                ('last_received_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'intake_day',
                'constraints': [models.UniqueConstraint(fields=('day', 'door', 'sender'), name='intake_day_key')],
            },
        ),
        migrations.CreateModel(
            name='Node',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('site', models.TextField()),
                ('name', models.TextField()),
                ('first_seen_at', models.DateTimeField()),
                ('last_seen_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'node',
                'indexes': [models.Index(fields=['name', 'site'], name='node_name')],
            },
        ),
        migrations.CreateModel(
            name='NodeDay',
            fields=[
                ('pk', models.CompositePrimaryKey('node_id', 'day', blank=True, editable=False, primary_key=True, serialize=False)),
                ('node_id', models.BigIntegerField()),
                ('day', models.DateField()),
                ('environment', models.TextField(null=True)),
                ('tools', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('runs', models.IntegerField()),
                ('failed', models.IntegerField()),
                ('stale_catalog', models.IntegerField()),
                ('corrected', models.IntegerField()),
                ('changed', models.IntegerField()),
                ('pending', models.IntegerField()),
                ('unchanged', models.IntegerField()),
                ('corrections', models.IntegerField()),
                ('changes', models.IntegerField()),
                ('failures', models.IntegerField()),
                ('duration_seconds', models.FloatField()),
                ('heat', models.FloatField(null=True)),
            ],
            options={
                'db_table': 'node_day',
                'indexes': [models.Index(fields=['day'], name='node_day_day'), models.Index(condition=models.Q(('corrections__gt', 0)), fields=['node_id', 'day'], name='node_day_corrected')],
            },
        ),
        migrations.CreateModel(
            name='NodeResource',
            fields=[
                ('pk', models.CompositePrimaryKey('node_id', 'resource_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('node_id', models.BigIntegerField()),
                ('resource_id', models.BigIntegerField()),
                ('changes', models.IntegerField()),
                ('corrections', models.IntegerField()),
                ('failures', models.IntegerField()),
                ('first_change_at', models.DateTimeField()),
                ('last_change_at', models.DateTimeField()),
                ('heat', models.FloatField(null=True)),
            ],
            options={
                'db_table': 'node_resource',
                'indexes': [models.Index(fields=['resource_id', 'node_id'], name='node_resource_resource'), models.Index(models.OrderBy(models.F('heat'), descending=True, nulls_last=True), models.F('node_id'), name='node_resource_heat')],
            },
        ),
        migrations.CreateModel(
            name='NodeResourceDay',
            fields=[
                ('pk', models.CompositePrimaryKey('node_id', 'resource_id', 'day', blank=True, editable=False, primary_key=True, serialize=False)),
                ('node_id', models.BigIntegerField()),
                ('resource_id', models.BigIntegerField()),
                ('day', models.DateField()),
                ('environment', models.TextField(null=True)),
                ('changes', models.IntegerField()),
                ('corrections', models.IntegerField()),
                ('failures', models.IntegerField()),
                ('first_change_at', models.DateTimeField()),
                ('last_change_at', models.DateTimeField()),
                ('heat', models.FloatField(null=True)),
            ],
            options={
                'db_table': 'node_resource_day',
                'indexes': [models.Index(fields=['resource_id', 'day'], name='node_resource_day_resource')],
            },
        ),
        migrations.CreateModel(
            name='NodeState',
            fields=[
                ('node_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('site', models.TextField()),
                ('name', models.TextField()),
                ('environment', models.TextField(null=True)),
                ('tools', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('status', models.SmallIntegerField(null=True)),
                ('is_clock_wrong', models.BooleanField(default=False)),
                ('first_seen_at', models.DateTimeField()),
                ('last_received_at', models.DateTimeField()),
                ('last_run_at', models.DateTimeField(null=True)),
                ('last_run_id', models.UUIDField(null=True)),
                ('unfinished_since', models.DateTimeField(null=True)),
                ('heat', models.FloatField(null=True)),
            ],
            options={
                'db_table': 'node_state',
                'indexes': [models.Index(fields=['name', 'site'], name='node_state_name'), models.Index(models.OrderBy(models.F('heat'), descending=True, nulls_last=True), models.F('node_id'), name='node_state_heat'), models.Index(fields=['status', 'name', 'site'], name='node_state_status'), models.Index(fields=['environment', 'name', 'site'], name='node_state_environment')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__isnull', True), ('status__in', [1, 2, 3, 4, 5, 6]), _connector='OR'), name='node_state_status')],
            },
        ),
        migrations.CreateModel(
            name='Refused',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('received_at', models.DateTimeField()),
                ('refused_at', models.DateTimeField()),
                ('door', models.TextField()),
                ('sender', models.TextField()),
                ('site', models.TextField()),
                ('machine', models.TextField()),
                ('size', models.BigIntegerField()),
                ('reason', models.TextField()),
            ],
            options={
                'db_table': 'refused',
                'indexes': [models.Index(fields=['-received_at', 'id'], name='refused_received')],
            },
        ),
        migrations.CreateModel(
            name='ResourceDay',
            fields=[
                ('pk', models.CompositePrimaryKey('resource_id', 'day', 'environment', blank=True, editable=False, primary_key=True, serialize=False)),
                ('resource_id', models.BigIntegerField()),
                ('day', models.DateField()),
                ('environment', models.TextField()),
                ('nodes', models.IntegerField()),
                ('changes', models.IntegerField()),
                ('corrections', models.IntegerField()),
                ('failures', models.IntegerField()),
            ],
            options={
                'db_table': 'resource_day',
                'indexes': [models.Index(fields=['day', 'corrections'], name='resource_day_day')],
            },
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('scope', models.TextField(choices=[('send', 'Send'), ('read', 'Read')])),
                ('digest', models.TextField(null=True)),
                ('certificate', models.TextField(null=True)),
                ('tool', models.TextField(null=True)),
                ('site', models.TextField(default='main')),
                ('organization', models.TextField(null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('expires_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('last_used_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'token',
                'constraints': [models.CheckConstraint(condition=models.Q(('scope__in', ['send', 'read'])), name='token_scope'), models.CheckConstraint(condition=models.Q(models.Q(('certificate__isnull', True), ('digest__isnull', False)), models.Q(('certificate__isnull', False), ('digest__isnull', True)), _connector='OR'), name='token_one_credential'), models.UniqueConstraint(fields=('digest',), name='token_digest')],
            },
        ),
    ]
