"""The brief: what a week, or an incident, was like; as a document that is printed, mailed and kept."""
