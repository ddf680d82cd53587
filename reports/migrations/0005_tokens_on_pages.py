"""Tokens made on pages: by whom, and by which form, so that one sent twice makes one. Runs before the code that needs it."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0004_people'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='token',
            name='form_key',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='token',
            name='made_by',
            field=models.TextField(db_default=''),
        ),
        migrations.AddConstraint(
            model_name='token',
            constraint=models.CheckConstraint(condition=models.Q(('owner__isnull', True), ('scope', 'read'), _connector='OR'), name='token_owner_reads'),
        ),
        migrations.AddConstraint(
            model_name='token',
            constraint=models.UniqueConstraint(fields=('form_key',), name='token_form_key'),
        ),
    ]
