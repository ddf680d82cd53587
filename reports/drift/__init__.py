"""④ Explain: why each change was needed."""
