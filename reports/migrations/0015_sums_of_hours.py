"""Lets sums over the hours of a window be read from an index alone. Runs before or after the code; reads fleet_hour once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0014_briefs")]

    operations = [
        migrations.AddIndex(
            model_name="fleethour",
            index=models.Index(
                fields=["hour"], name="fleet_hour_runs", include=["environment", "outcome", "runs", "corrections"]
            ),
        ),
        migrations.AddIndex(
            model_name="fleethour",
            index=models.Index(
                fields=["hour"],
                name="fleet_hour_corrections",
                include=["environment", "corrections"],
                condition=models.Q(("corrections__gt", 0)),
            ),
        ),
    ]
