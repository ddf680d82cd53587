"""The partitioned tables, which Django cannot make, and how full pages are packed. Runs before the code that needs it.

Column order is that of reports/store/tables.py: widest first, so that a row carries no padding. Checks name the numbers
of reports/run.py as they were when this was written; a new number is a new migration.
"""

from django.db import migrations

RUN = """
CREATE TABLE run (
    node_id bigint NOT NULL,
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    resource_set_id bigint,
    machine_id bigint,
    claimed_at timestamptz,
    id uuid NOT NULL,
    duration_ms integer,
    total integer NOT NULL,
    unchanged integer NOT NULL,
    changed integer,
    failed integer,
    skipped integer,
    pending integer,
    corrective integer,
    intended integer,
    first_build integer,
    repeated integer,
    triggered integer,
    unknown integer,
    outcome smallint,
    richness smallint NOT NULL,
    noop boolean NOT NULL,
    tool text NOT NULL,
    environment text,
    code_version text,
    PRIMARY KEY (node_id, at, id),
    CONSTRAINT run_outcome CHECK (outcome BETWEEN 1 AND 6)
) PARTITION BY RANGE (at);

-- A run by its id: is it known already, and the page of one run.
CREATE INDEX run_id ON run (id);
-- The newest runs of the fleet, and the runs of an hour. Rows arrive nearly in this order: pages can be packed full.
CREATE INDEX run_at ON run (at) WITH (fillfactor = 100);
-- The newest failures, corrections, changes. Most runs are unchanged and cost nothing here.
CREATE INDEX run_eventful ON run (outcome, at) WHERE outcome > 1;
"""

RUN_DETAIL = """
CREATE TABLE run_detail (
    node_id bigint NOT NULL,
    at timestamptz NOT NULL,
    run_id uuid NOT NULL,
    message text,
    tool_version text,
    logs jsonb NOT NULL,
    timings jsonb NOT NULL,
    PRIMARY KEY (node_id, at, run_id)
) PARTITION BY RANGE (at);
"""

CHANGE = """
CREATE TABLE change (
    node_id bigint NOT NULL,
    at timestamptz NOT NULL,
    resource_id bigint NOT NULL,
    run_id uuid NOT NULL,
    ordinal integer NOT NULL,
    status smallint NOT NULL,
    cause smallint NOT NULL,
    cause_source smallint,
    said_corrective boolean,
    is_sensitive boolean NOT NULL,
    tool text NOT NULL,
    environment text,
    property text,
    old text,
    new text,
    reason text NOT NULL,
    message text,
    diff text,
    key text,
    defined_at text,
    found text,
    desired text,
    PRIMARY KEY (node_id, at, run_id, ordinal),
    CONSTRAINT change_status CHECK (status BETWEEN 0 AND 4),
    CONSTRAINT change_cause CHECK (cause BETWEEN 0 AND 5),
    CONSTRAINT change_cause_source CHECK (cause_source BETWEEN 1 AND 3),
    CONSTRAINT change_unknown_has_no_source CHECK (cause_source IS NOT NULL OR cause = 0)
) PARTITION BY RANGE (at);

-- One resource on all nodes.
CREATE INDEX change_resource ON change (resource_id, at);
-- The newest changes of the fleet.
CREATE INDEX change_at ON change (at);
"""

INVENTORY_CHANGE = """
CREATE TABLE inventory_change (
    node_id bigint NOT NULL,
    at timestamptz NOT NULL,
    ordinal integer NOT NULL,
    tool text NOT NULL,
    is_package boolean NOT NULL,
    name text NOT NULL,
    old jsonb,
    new jsonb,
    PRIMARY KEY (node_id, at, tool, ordinal)
) PARTITION BY RANGE (at);
"""

# Rows that every run updates: room on the page lets PostgreSQL do so in place, without touching an index.
FULLNESS = """
ALTER TABLE node SET (fillfactor = 80);
ALTER TABLE node_state SET (fillfactor = 70);
ALTER TABLE node_day SET (fillfactor = 85);
"""
FULLNESS_BACK = """
ALTER TABLE node RESET (fillfactor);
ALTER TABLE node_state RESET (fillfactor);
ALTER TABLE node_day RESET (fillfactor);
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_tables")]

    operations = [
        migrations.RunSQL(RUN, "DROP TABLE run"),
        migrations.RunSQL(RUN_DETAIL, "DROP TABLE run_detail"),
        migrations.RunSQL(CHANGE, "DROP TABLE change"),
        migrations.RunSQL(INVENTORY_CHANGE, "DROP TABLE inventory_change"),
        migrations.RunSQL(FULLNESS, FULLNESS_BACK),
    ]
