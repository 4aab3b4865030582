"""Fresh plans in hard shapes: the truth is drawn first, then typeset by several producers."""
