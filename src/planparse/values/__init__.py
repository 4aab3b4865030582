"""Stage 4: typed values beside the printed ones, by rules with examples; never instead of them."""
