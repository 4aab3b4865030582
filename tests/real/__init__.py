"""Tables of real documents against cells that were written by hand from their pages."""
