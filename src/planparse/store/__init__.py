"""Stage 4: parsed plans become the data set."""
