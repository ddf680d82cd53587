"""What made a node fail, beside its status. Runs before the code that needs it.

Filled as nodes are counted: with each run of a node, or at once by `manage.py recount`. The view of who sees a part of
the fleet is made again, so that it has the column too (docs/decisions/visibility.md).
"""

from django.db import migrations, models

SEE = """
CREATE OR REPLACE VIEW visible.node_state AS
SELECT * FROM node_state WHERE node_id IN (SELECT node_id FROM visible.visible_node) WITH LOCAL CHECK OPTION
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0009_incident")]

    operations = [
        migrations.AddField(
            model_name="nodestate",
            name="failure",
            field=models.BigIntegerField(null=True),
        ),
        migrations.RunSQL(SEE, migrations.RunSQL.noop),
    ]
