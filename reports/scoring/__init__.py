"""Holds the causes that drift tells against what is known to be true. Beside the path of a report; nothing is kept."""
