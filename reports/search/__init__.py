"""The one language in which nodes, runs, changes and resources are searched for: `env:production corrections:>3`."""
