"""Fit the model of confidence on generated plans, and tell how well it is calibrated."""
