"""The census: which plan of the corpus needs each decision and each threshold; docs/census.md."""
