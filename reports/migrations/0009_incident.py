"""What changed in the inventories of a span of time. Runs before the code that needs it; reads inventory_change once."""

from django.db import migrations

AT = "CREATE INDEX inventory_change_at ON inventory_change (at)"


class Migration(migrations.Migration):
    dependencies = [("reports", "0008_given_password")]

    operations = [migrations.RunSQL(AT, "DROP INDEX inventory_change_at")]
