"""② Translate: bytes → Run. One folder a tool, discovered and never listed."""
