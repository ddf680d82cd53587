"""Asks each node for its days with changes, however long the time that is asked for. Runs before the code that needs it;
reads node_day once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0012_visible_days")]

    operations = [
        migrations.RemoveIndex(model_name="nodeday", name="node_day_changed"),
        migrations.AddIndex(
            model_name="nodeday",
            index=models.Index(
                fields=["node_id", "day"], name="node_day_changed", condition=models.Q(("changes__gt", 0))
            ),
        ),
    ]
