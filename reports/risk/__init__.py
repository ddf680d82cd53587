"""⑤ Foretell: how likely each node is to need a correction or to fail, and how well that was foretold before."""
