"""⑦ JSON: the read API."""
