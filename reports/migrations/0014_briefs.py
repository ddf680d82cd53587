"""Briefs: schedules, orders, documents and mails. Runs before the code that needs it.

Who sees a part of the fleet sees the briefs that it asked for itself, as long as it is in all groups that they were
gathered with; schedules are for admins, who see all.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The PDF and the zip are compressed already: PostgreSQL is not to try again at each write.
STORAGE = "ALTER TABLE brief_file ALTER COLUMN pdf SET STORAGE EXTERNAL, ALTER COLUMN csv SET STORAGE EXTERNAL"

OWN = """
    asked_by_id = current_setting('fleetview.person')::bigint
    AND sight_groups <@ current_setting('fleetview.groups')::bigint[]"""
VIEWS = {
    "brief": OWN,
    "brief_file": "brief_id IN (SELECT id FROM visible.brief)",
    "brief_mail": "brief_id IN (SELECT id FROM visible.brief)",
}


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0013_changed_days'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Brief',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('weekly', 'Weekly'), ('incident', 'Incident')])),
                ('scope_kind', models.TextField()),
                ('scope_value', models.TextField(default='')),
                ('scope_name', models.TextField(default='')),
                ('week', models.TextField(null=True)),
                ('incident', models.JSONField(null=True)),
                ('paper', models.TextField()),
                ('asked_by_name', models.TextField()),
                ('is_scheduled', models.BooleanField(default=False)),
                ('asked_at', models.DateTimeField()),
                ('sight_groups', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), null=True, size=None)),
                ('state', models.TextField(choices=[('waiting', 'Waiting'), ('being made', 'Making'), ('made', 'Made'), ('failed', 'Failed')], default='waiting')),
                ('per_cent', models.SmallIntegerField(default=0)),
                ('doing', models.TextField(default='')),
                ('tries', models.SmallIntegerField(default=0)),
                ('error', models.TextField(default='')),
                ('made_at', models.DateTimeField(null=True)),
                ('version', models.TextField(default='')),
                ('pages', models.IntegerField(null=True)),
                ('pdf_bytes', models.IntegerField(null=True)),
                ('headline', models.TextField(default='')),
                ('lines', models.JSONField(default=list)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='briefs', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'brief',
            },
        ),
        migrations.CreateModel(
            name='BriefFile',
            fields=[
                ('brief', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='files', serialize=False, to='reports.brief')),
                ('pdf', models.BinaryField()),
                ('json', models.BinaryField()),
                ('csv', models.BinaryField()),
            ],
            options={
                'db_table': 'brief_file',
            },
        ),
        migrations.CreateModel(
            name='BriefSchedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField()),
                ('is_on', models.BooleanField(default=True)),
                ('weekday', models.SmallIntegerField()),
                ('at', models.TimeField()),
                ('zone', models.TextField()),
                ('scope_kind', models.TextField()),
                ('scope_value', models.TextField(default='')),
                ('scope_name', models.TextField(default='')),
                ('paper', models.TextField()),
                ('recipients', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('starts_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'brief_schedule',
                'constraints': [models.UniqueConstraint(fields=('name',), name='brief_schedule_name'), models.CheckConstraint(condition=models.Q(('weekday__gte', 1), ('weekday__lte', 7)), name='brief_schedule_weekday'), models.CheckConstraint(condition=models.Q(('scope_kind__in', ['fleet', 'environment', 'query'])), name='brief_schedule_scope')],
            },
        ),
        migrations.AddField(
            model_name='brief',
            name='schedule',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='briefs', to='reports.briefschedule'),
        ),
        migrations.CreateModel(
            name='BriefMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient', models.TextField()),
                ('state', models.TextField(choices=[('waiting', 'Waiting'), ('sending', 'Sending'), ('sent', 'Sent'), ('failed', 'Failed')], default='waiting')),
                ('tries', models.SmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField()),
                ('last_error', models.TextField(default='')),
                ('message_id', models.TextField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('brief', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='reports.brief')),
            ],
            options={
                'db_table': 'brief_mail',
                'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'sending'])), fields=['next_try_at'], name='brief_mail_open')],
                'constraints': [models.UniqueConstraint(fields=('brief', 'recipient'), name='brief_mail_once'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sending', 'sent', 'failed'])), name='brief_mail_state')],
            },
        ),
        migrations.AddIndex(
            model_name='brief',
            index=models.Index(fields=['-asked_at', '-id'], name='brief_newest'),
        ),
        migrations.AddIndex(
            model_name='brief',
            index=models.Index(condition=models.Q(('state__in', ['waiting', 'being made'])), fields=['asked_at'], name='brief_open'),
        ),
        migrations.AddConstraint(
            model_name='brief',
            constraint=models.UniqueConstraint(fields=('schedule', 'week'), name='brief_of_schedule_once_a_week'),
        ),
        migrations.AddConstraint(
            model_name='brief',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['weekly', 'incident'])), name='brief_kind'),
        ),
        migrations.AddConstraint(
            model_name='brief',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'being made', 'made', 'failed'])), name='brief_state'),
        ),
        migrations.AddConstraint(
            model_name='brief',
            constraint=models.CheckConstraint(condition=models.Q(('scope_kind__in', ['fleet', 'environment', 'query'])), name='brief_scope'),
        ),
        migrations.RunSQL(STORAGE, migrations.RunSQL.noop),
        *(
            migrations.RunSQL(
                f"CREATE VIEW visible.{table} AS SELECT * FROM {table} WHERE {seen} WITH LOCAL CHECK OPTION",
                f"DROP VIEW visible.{table}",
            )
            for table, seen in VIEWS.items()
        ),
    ]
