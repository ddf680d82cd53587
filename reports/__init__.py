"""The app. Doors accept, adapters translate, store remembers, drift explains, rollups count, analysis judges, pages show."""
