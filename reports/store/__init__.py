"""③ Remember: the only writer of facts."""
