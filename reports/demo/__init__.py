"""A fleet to look at: the adapters' own samples, told again as 24 nodes over eight weeks, sent to the real doors."""
