"""The tables of what is foretold. Only this room writes them; all of it can be worked out again from the counts."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Index


class NodeRisk(models.Model):
    """How likely a node is to need a correction or to fail within the next seven days, and why we think so."""

    node_id = models.BigIntegerField(primary_key=True)
    probability = models.FloatField()  # 0 to 1
    reasons = ArrayField(models.TextField())  # sentences, the weightiest first
    foretold_at = models.DateTimeField()

    class Meta:
        db_table = "node_risk"
        indexes = [Index(F("probability").desc(), "node_id", name="node_risk_probability")]


class Backtest(models.Model):
    """How well what would have been foretold in past weeks came true, as one run of the test found it."""

    ran_at = models.DateTimeField(primary_key=True)
    weeks = models.IntegerField()
    result = models.JSONField()  # see reports/risk/backtest.py

    class Meta:
        db_table = "backtest"
