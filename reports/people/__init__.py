"""Who may look and act: roles, groups with what they may see, saved views, notes, and the log of what people did."""
