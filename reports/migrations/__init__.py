"""How the tables came to be. Named, and each says whether it runs before or after the code it belongs to."""
