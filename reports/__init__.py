"""The app. Each folder is a room, in the order in which data walks: see docs/data-path.md."""
