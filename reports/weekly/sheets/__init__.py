"""What stands on the sheets of a brief, block by block: words and order are decided here, looks in typst/."""
