"""A long run: does it grow, does it slow down, does a second process help."""
