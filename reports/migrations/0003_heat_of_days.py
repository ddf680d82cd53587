"""Heat and first change of a day, and since when an hour is stale. Runs before the code that needs it."""


import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0002_partitioned_tables'),
    ]

    operations = [
        migrations.AddField(
            model_name='nodeday',
            name='heat',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='noderesourceday',
            name='first_change_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='noderesourceday',
            name='heat',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='stalehour',
            name='marked_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
    ]
