"""⑥ Judge: one file a question an operator asks; answers are dataclasses."""
