"""Why the embedded PostgreSQL cannot run, in a sentence for the operator."""

from __future__ import annotations


class PostgresProblem(Exception):
    """`str(problem)` says what is wrong and what to do about it."""
