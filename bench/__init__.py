"""Measurements: one command each, printing a table; run from the root of the repository."""
