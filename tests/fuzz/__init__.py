"""Mutated plans and a parser that fails: every input must get its row, whatever it is."""
