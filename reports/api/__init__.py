"""⑦ JSON: the read API, thin views over the questions of the analysis room."""
