"""Counters of a run that are mostly zero may be NULL, which costs no room. Runs before the code that needs it."""

from django.db import migrations

COLUMNS = ("changed", "failed", "skipped", "pending")


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_heat_of_days")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE run " + ", ".join(f"ALTER {column} DROP NOT NULL" for column in COLUMNS),
            "UPDATE run SET " + ", ".join(f"{column} = COALESCE({column}, 0)" for column in COLUMNS)
            + "; ALTER TABLE run " + ", ".join(f"ALTER {column} SET NOT NULL" for column in COLUMNS),
        ),
    ]
