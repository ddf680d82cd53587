"""Answers → plotly figures for pages."""
