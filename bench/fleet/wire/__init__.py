"""Tells what a simulated node did in the bytes that its tool would send."""
