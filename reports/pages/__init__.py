"""⑦ HTML, one file a page."""
