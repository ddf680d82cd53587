"""Indexes that a search leans on. Runs before the code that needs them; reads resource and node_day once each.

An index entry holds 2,704 bytes at most and a title may have 4,000 characters, so only their beginnings are kept:
100 and 300 characters of four bytes each. The collation C lets a btree answer how a text begins, whatever the database's
own is. Words are told apart at what joins the parts of paths and names; PostgreSQL's own parser would keep a path whole.
"""

from django.db import migrations, models

RESOURCE_NAME = """
CREATE INDEX resource_name ON resource ((left(type, 100) COLLATE "C"), (left(title, 300) COLLATE "C"));
"""
RESOURCE_WORDS = """
CREATE INDEX resource_words ON resource USING gin (
    to_tsvector('simple'::regconfig, translate(left(title, 300), './-_:@+~&=?#<>', '              '))
);
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_visible")]

    operations = [
        migrations.AddIndex(
            model_name="nodeday",
            index=models.Index(
                fields=["day"],
                include=("node_id",),
                name="node_day_changed",
                condition=models.Q(("changes__gt", 0)),
            ),
        ),
        migrations.RunSQL(RESOURCE_NAME, "DROP INDEX resource_name"),
        migrations.RunSQL(RESOURCE_WORDS, "DROP INDEX resource_words"),
    ]
