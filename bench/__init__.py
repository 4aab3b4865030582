"""Benchmarks: figures that depend on the machine, so they are printed and never asserted."""
