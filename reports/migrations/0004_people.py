"""People: roles, groups and what they may see, saved views, notes, the audit log. Runs before the code that needs them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('reports', '0003_drift_and_risk'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='VisibleNode',
            fields=[
                ('pk', models.CompositePrimaryKey('group_id', 'node_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('group_id', models.BigIntegerField()),
                ('node_id', models.BigIntegerField()),
            ],
            options={
                'db_table': 'visible_node',
            },
        ),
        migrations.AddField(
            model_name='token',
            name='owner',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('person', models.TextField()),
                ('act', models.TextField()),
                ('subject', models.TextField()),
                ('detail', models.JSONField(default=dict)),
                ('address', models.GenericIPAddressField(null=True)),
            ],
            options={
                'db_table': 'audit_entry',
                'indexes': [models.Index(fields=['-at', '-id'], name='audit_newest'), models.Index(fields=['person', '-at', '-id'], name='audit_person'), models.Index(fields=['act', '-at', '-id'], name='audit_act')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='person', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('role', models.TextField(choices=[('viewer', 'Viewer'), ('operator', 'Operator'), ('admin', 'Admin')], default='viewer')),
            ],
            options={
                'db_table': 'person',
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['viewer', 'operator', 'admin'])), name='person_role')],
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('sees_all', models.BooleanField(default=False)),
                ('environments', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('query', models.TextField(blank=True, default='')),
                ('members', models.ManyToManyField(db_table='people_group_member', related_name='fleet_groups', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'people_group',
                'constraints': [models.UniqueConstraint(fields=('name',), name='people_group_name')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('node_id', models.BigIntegerField(null=True)),
                ('resource_id', models.BigIntegerField(null=True)),
                ('text', models.TextField()),
                ('is_mute', models.BooleanField(default=False)),
                ('owner_name', models.TextField()),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('expires_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.TextField(null=True)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'note',
                'indexes': [models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['node_id', '-created_at'], name='note_node'), models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['resource_id', '-created_at'], name='note_resource'), models.Index(fields=['-created_at', '-id'], name='note_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('node_id__isnull', False), ('resource_id__isnull', False), _connector='OR'), name='note_subject'), models.CheckConstraint(condition=models.Q(('is_mute', False), ('expires_at__isnull', False), _connector='OR'), name='note_mute_expires')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('page', models.TextField()),
                ('query', models.TextField()),
                ('is_shared', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'saved_view',
                'indexes': [models.Index(condition=models.Q(('is_shared', True)), fields=['page', 'name'], name='saved_view_shared')],
                'constraints': [models.UniqueConstraint(fields=('owner', 'page', 'name'), name='saved_view_name')],
            },
        ),
    ]
